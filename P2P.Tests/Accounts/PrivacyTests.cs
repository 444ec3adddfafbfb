using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.Privacy;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Accounts.SignIn;
using P2P.Tests.Files;
using P2P.Tests.Support;

namespace P2P.Tests.Accounts;

/// <summary>What is known of a person can be taken along, and is gone after a deletion, while all that must stay stays whole (S64).</summary>
public sealed class PrivacyTests : MarketFixture
{
    private const string Phone = "+254799471147";

    protected override Dictionary<string, string?> Settings => new(HookSettings.All)
    {
        ["SecondFactor:Keys:a"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
    };

    [Test]
    public async Task A_deleted_person_is_in_no_column_any_more_and_everything_still_adds_up()
    {
        var (person, other, orders) = await Life("zebra4711");
        var id = Id(person);
        var before = await Invariants.Check(Market.Database.App);
        (await Traces("zebra4711")).ShouldNotBeEmpty();
        await person.Client.Privacy.AskForDeletionAsync(cancellationToken: Bounded);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        person.Client.StateChanged += (_, change) => closed.TrySetResult();

        await MakeDue(id);
        await Market.Service<PrivacyTimer>().Round(Bounded);

        // At once: who they were. The other party keeps what was said until its time is over.
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(3));
        (await other.Client.Profiles.GetAsync(id, Bounded)).Username.ShouldBeNull();
        (await Traces("zebra4711")).Select(trace => trace.Split(':')[0]).Order().ShouldBe(
        [
            "chat_messages.text", "complaint_evidence.body", "complaints.body", "crypto_orders.auto_reply", "crypto_orders.payer_name",
            "crypto_orders.payment_reference", "crypto_orders.terms", "deletions.sub", "dispute_evidence.body", "disputes.body", "files.name", "order_statements.body", "revocations.sub",
        ]);
        (await Traces(Phone)).ShouldBeEmpty();
        (await Sql<bool>($"select exists (select 1 from maker_hours where user_id = {id})")).ShouldBeFalse();
        (await Sql<string>($"select status from merchant_applications where user_id = {id}")).ShouldBe("Withdrawn");
        (await other.Client.Chat.GetMessagesAsync(orders[0], cancellationToken: Bounded)).Messages
            .ShouldContain(message => message.Text.Contains("zebra4711", StringComparison.Ordinal));
        await Eventually(async () => await Market.Service<UserDirectory>().IdOf(person.Name, Bounded) != id);

        // Later: what they wrote, and the name under which they signed in.
        await Sql($"update deletions set erased_at = erased_at - interval '1 day', next_at = clock_timestamp() where user_id = {id}");
        await new PrivacyTimer(Market.Service<Database>(), new PrivacySettings { WordsDays = 0 }, NullLogger<PrivacyTimer>.Instance)
            .Round(Bounded);
        (await Sql<bool>($"select finished_at is not null from deletions where user_id = {id}")).ShouldBeTrue();
        (await Traces("zebra4711")).Where(trace => !trace.StartsWith("users.sub", StringComparison.Ordinal)).ShouldBeEmpty();
        (await Sql<string>($"select sub from users where id = {id}")).ShouldStartWith("deleted:");

        // What must stay is what it was: chains, money, states, and what the other said.
        var after = await Invariants.Check(Market.Database.App);
        (after.Counts.Entries, after.Counts.HistoryRows, after.Counts.Orders)
            .ShouldBe((before.Counts.Entries, before.Counts.HistoryRows, before.Counts.Orders));
        (await Read(other, orders[0])).State.Status.ShouldBe(OrderStatus.Released);
        var messages = (await other.Client.Chat.GetMessagesAsync(orders[0], cancellationToken: Bounded)).Messages;
        messages.ShouldContain(message => message.Text == "thanks");
        messages.Where(message => message.SenderId == id).ShouldAllBe(message => message.Text == "");
        (await other.Client.Reviews.ListAsync(cancellationToken: Bounded)).Reviews.ShouldHaveSingleItem().Text.ShouldBeNull();
    }

    [Test]
    public async Task What_stands_in_the_way_of_a_deletion_is_told_one_by_one()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        (await Codes(seller)).ShouldBe([ErrorCodes.OpenOrders, ErrorCodes.OpenAds, ErrorCodes.BalanceNotZero]);
        (await Codes(buyer)).ShouldBe([ErrorCodes.OpenOrders]);
        var blocked = await Refusal(() => buyer.Client.Privacy.AskForDeletionAsync(cancellationToken: Bounded));
        (blocked.Code, blocked.Message).ShouldBe((ErrorCodes.DeletionBlocked, "Before your account can be deleted: End your open orders."));

        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotReleased, "paid", Bounded);
        (await Codes(buyer)).ShouldBe([ErrorCodes.OpenOrders, ErrorCodes.OpenDisputes]);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        (await Codes(buyer)).ShouldBe([ErrorCodes.BalanceNotZero]);
        await buyer.Client.Wallet.RequestWithdrawalAsync("BTC", 0.5m, "bc1q", Bounded);
        (await Codes(buyer)).ShouldBe([ErrorCodes.BalanceNotZero]);
    }

    [Test]
    public async Task A_deletion_waits_and_can_be_called_off_and_needs_the_second_factor()
    {
        var user = await Buyer();
        var secret = await Guard(user);
        (await Refused(() => user.Client.Privacy.AskForDeletionAsync(cancellationToken: Bounded))).ShouldBe(ErrorCodes.SecondFactorRequired);
        (await Refused(() => user.Client.Privacy.AskForDeletionAsync("12", Bounded))).ShouldBe(ErrorCodes.BadInput);
        var code = Totp.Code(secret, Totp.StepOf(DateTimeOffset.UtcNow));
        var asked = await user.Client.Privacy.AskForDeletionAsync(code, Bounded);
        (asked.DueAt - asked.AskedAt).ShouldBe(TimeSpan.FromDays(14));
        (await user.Client.Privacy.GetDeletionAsync(Bounded)).DueAt.ShouldBe(asked.DueAt);

        // Before its time nothing happens, not even by hand; somebody trades again meanwhile, and it waits.
        await Market.Service<PrivacyTimer>().Round(Bounded);
        (await Sql<bool>($"select privacy_erase({Id(user)}) is null")).ShouldBeTrue();
        var seller = await Seller();
        var order = await Place(user, await TestMarket.Ad(seller));
        await MakeDue(Id(user));
        await Market.Service<PrivacyTimer>().Round(Bounded);
        (await Sql<bool>($"select erased_at is null and next_at > clock_timestamp() from deletions where user_id = {Id(user)}")).ShouldBeTrue();
        await user.Client.Orders.CancelAsync(order, cancellationToken: Bounded);

        (await user.Client.Privacy.CallOffDeletionAsync(Bounded)).AskedAt.ShouldBeNull();
        (await user.Client.Privacy.CallOffDeletionAsync(Bounded)).AskedAt.ShouldBeNull();
        await MakeDue(Id(user));
        await Market.Service<PrivacyTimer>().Round(Bounded);
        (await user.Client.Profiles.GetMineAsync(Bounded)).Username.ShouldBe(user.Name);
        await NotificationsAreMade();
        (await user.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items
            .Where(item => item.Kind == NotificationKind.SecurityNotice).Select(item => item.Args["what"])
            .ShouldBe(["deletion of the account called off", "deletion of the account asked for", "second factor set"]);
    }

    [Test]
    public async Task An_export_holds_all_that_a_person_left_and_nothing_of_others()
    {
        var (person, other, orders) = await Life("okapi0815");
        await other.Client.Profiles.UpdateAsync(phoneNumber: "+254788123321", email: "other@okapi.example", cancellationToken: Bounded);
        await Eventually(
            () => Sql<bool>($"select exists (select 1 from notifications where user_id = {Id(person)})"), TimeSpan.FromSeconds(30));
        using var export = await Export(person);
        var root = export.RootElement;
        root.GetProperty("user_id").GetInt64().ShouldBe(Id(person));
        var data = root.GetProperty("data");
        data.EnumerateObject().Select(part => part.Name)
            .ShouldBe(Market.Service<IEnumerable<ExportSource>>().Select(source => source.Name));
        root.GetProperty("left_out").GetProperty("second_factors.sealed").GetString().ShouldNotBeNullOrEmpty();

        string[] told =
        [
            "user", "profile", "payment_accounts", "files", "email_address", "order_statements", "messages", "reviews", "disputes",
            "dispute_evidence", "ads", "crypto_orders", "complaints", "complaint_evidence", "webhooks", "webhook_deliveries", "browsers",
            "device_keys", "merchant_applications", "staff_membership",
        ];
        told.Where(part => !data.GetProperty(part).GetRawText().Contains("okapi0815", StringComparison.Ordinal)).ShouldBeEmpty();
        string[] filled = ["consents", "contacts", "notifications", "notification_preferences", "events", "requests", "orders", "ledger_entries", "maker_hours"];
        filled.Where(part => data.GetProperty(part).GetArrayLength() == 0).ShouldBeEmpty();
        data.GetProperty("orders").EnumerateArray().Select(row => row.GetProperty("id").GetGuid()).ShouldBe(orders, ignoreOrder: true);
        data.GetProperty("profile")[0].GetProperty("phone_number").GetString().ShouldBe(Phone);
        var text = root.GetRawText();
        text.ShouldNotContain("+254788123321");
        text.ShouldNotContain("other@okapi.example");
        data.GetRawText().ShouldNotContain("stored_name");

        (await Export(person)).Dispose();
        (await Export(person)).Dispose();
        var tooOften = await Refusal(() => person.Client.Privacy.ExportAsync(Bounded));
        tooOften.Code.ShouldBe(ErrorCodes.RateLimited);
        tooOften.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(24.1));
        Directory.EnumerateFiles(Path.GetTempPath(), "p2p-export-*").ShouldBeEmpty();
    }

    [Test]
    public async Task A_suspended_person_takes_their_data_along_and_is_not_deleted()
    {
        var user = await Buyer();
        await Suspend(user);
        using var http = Market.Http(user.Name);
        (await http.GetAsync("/api/p2p/privacy/export", Bounded)).IsSuccessStatusCode.ShouldBeTrue();
        (await Refused(() => user.Client.Privacy.AskForDeletionAsync(cancellationToken: Bounded))).ShouldBe(ErrorCodes.Suspended);
    }

    [Test]
    public async Task Every_table_and_column_is_exported_or_it_is_said_why_not()
    {
        var sources = Market.Service<IEnumerable<ExportSource>>().ToList();
        var gaps = Market.Service<IEnumerable<ExportGap>>().Select(gap => gap.What).ToHashSet();
        var columns = await Sql<string[]>(
            """
            select array_agg(c.relname || '.' || a.attname order by 1)
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid
             where n.nspname = 'public'
               and c.relkind in ('r', 'p')
               and not c.relispartition
               and a.attnum > 0
               and not a.attisdropped
            """);
        columns.Length.ShouldBeGreaterThan(200);
        columns.Where(column => !IsExported(column) && !gaps.Contains(column) && !gaps.Contains(column.Split('.')[0]))
            .ShouldBeEmpty("say in a feature's ExportSource what a person is told of it, or in an ExportGap why not");

        // A rule about what is not there any more would hide what comes after it.
        var tables = columns.Select(column => column.Split('.')[0]).ToHashSet();
        gaps.Where(gap => !columns.Contains(gap) && !tables.Contains(gap)).ShouldBeEmpty();
        sources.SelectMany(source => source.Tables).Except(tables).ShouldBeEmpty();
        sources.Select(source => source.Name).ShouldBeUnique();

        bool IsExported(string column)
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            return sources.Any(source => source.Tables.Contains(table) && Regex.IsMatch(source.Sql, $@"\b{name}\b"));
        }
    }

    [Test]
    public async Task Every_column_of_text_is_erased_or_it_is_said_why_it_stays()
    {
        var columns = await Sql<string[]>(
            """
            select array_agg(c.relname || '.' || a.attname order by 1)
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid
             where n.nspname = 'public'
               and c.relkind in ('r', 'p')
               and not c.relispartition
               and a.attnum > 0
               and not a.attisdropped
               and format_type(a.atttypid, null) in ('text', 'text[]', 'json', 'jsonb', 'bytea', 'character varying')
            """);
        columns.Where(column => !PrivacyFates.Erased.Contains(column) && !PrivacyFates.Stays.ContainsKey(column)
                && !PrivacyFates.Stays.ContainsKey(column.Split('.')[0]))
            .ShouldBeEmpty("privacy_erase takes it away, or PrivacyFates says why it stays");
        PrivacyFates.Erased.Except(columns).ShouldBeEmpty();
        PrivacyFates.Stays.Keys.Except(columns).Except(columns.Select(column => column.Split('.')[0])).ShouldBeEmpty();
    }

    [Test]
    public async Task Nobody_empties_the_words_of_those_who_are_still_there()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        await buyer.Client.Chat.SendAsync(order, "still here", Bounded);
        foreach (var statement in new[]
        {
            $"update chat_messages set text = '' where order_id = '{order}' and sender_id = {Id(buyer)}",
            $"update chat_messages set text = '' where order_id = '{order}' and sender_id = 0",
            "delete from dispute_evidence",
        })
        {
            var refused = await Should.ThrowAsync<Npgsql.PostgresException>(() => TestPostgres.Execute(Market.Database.Owner, statement));
            refused.SqlState.ShouldBe("P2P01", statement);
        }

        foreach (var statement in new[]
        {
            "update chat_messages set text = ''", "update deletions set erased_at = clock_timestamp()",
            $"insert into deletions (user_id, asked_at, due_at, next_at, erased_at) values ({Id(seller)}, now(), now(), now(), now())",
        })
        {
            var refused = await Should.ThrowAsync<Npgsql.PostgresException>(() => TestPostgres.Execute(Market.Database.App, statement));
            refused.SqlState.ShouldBe("42501", statement);
        }
    }

    /// <summary>
    /// Somebody who did everything that leaves a trace, each with a word in it, and whom nothing keeps: bought in a disputed order, sold in
    /// another, and closed the ad.
    /// </summary>
    private async Task<(Trader Person, Trader Other, IReadOnlyList<Guid> Orders)> Life(string word)
    {
        var person = await Market.Trader($"{word}_person");
        var other = await Seller();
        var client = person.Client;
        await client.Profiles.UpdateAsync(
            phoneNumber: Phone, email: $"{word}@example.org", profilePictureUrl: $"https://example.org/{word}", preferredCurrency: "KES",
            autoReplyMessage: $"{word} auto", cancellationToken: Bounded);
        await client.Profiles.SavePaymentAccountAsync(
            TestMarket.MpesaKenya, new Dictionary<string, string> { ["holder"] = word, ["phone"] = Phone }, word, Bounded);
        await client.Files.SetPictureAsync(new MemoryStream(Pictures.Png()), cancellationToken: Bounded);
        await client.Contacts.FavouriteAsync(Id(other), Bounded);
        await other.Client.Contacts.FavouriteAsync(Id(person), Bounded);
        await client.Notifications.SetPreferencesAsync(NotificationLanguage.French, EmailRhythm.Hourly, cancellationToken: Bounded);
        await Sql(
            $"insert into email_addresses (user_id, email, asked_since, confirmed_at) values ({Id(person)}, '{word}@example.org', now(), now())");

        await Reachable(person, word);
        var bought = await Place(person, await TestMarket.Ad(other));
        await client.Orders.ConfirmPaymentFromAsync(bought, $"{word} payer", paymentReference: $"{word} ref", cancellationToken: Bounded);
        await client.Chat.SendAsync(bought, $"I am {word}", Bounded);
        await other.Client.Chat.SendAsync(bought, "thanks", Bounded);
        await client.Files.UploadAsync(bought, new MemoryStream(Pictures.Png()), $"{word}.png", cancellationToken: Bounded);
        var dispute = await client.Disputes.RaiseAsync(bought, DisputeReason.NotReleased, $"{word} paid", Bounded);
        await client.Disputes.SubmitEvidenceAsync(dispute.DisputeId, $"{word} showed", Bounded);
        await Sql(
            $"insert into order_statements (id, order_id, user_id, body, at) values (gen_random_uuid(), '{bought}', {Id(person)}, '{word}', now())");
        await other.Client.Orders.ReleaseAsync(bought, cancellationToken: Bounded);
        var complaint = await client.Complaints.FileAsync(bought, ComplaintReason.Abuse, $"{word} was threatened", Bounded);
        await client.Complaints.AddEvidenceAsync(complaint.ComplaintId, $"{word} heard it", Bounded);
        await client.Reviews.CreateAsync(bought, 5, $"{word} liked it", cancellationToken: Bounded);
        var received = await other.Client.Reviews.CreateAsync(bought, 4, "good", cancellationToken: Bounded);
        await client.Reviews.ReplyAsync(received.ReviewId, $"{word} says thanks", Bounded);

        var terms = TestMarket.Terms() with { Terms = $"{word} terms", AutoReply = $"{word} reply" };
        var ad = (await client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 0.5m, terms, Bounded)).AdId;
        var sold = await Place(other, ad);
        await other.Client.Orders.ConfirmPaymentAsync(sold, cancellationToken: Bounded);
        await client.Orders.ReleaseAsync(sold, cancellationToken: Bounded);
        await client.Ads.DeleteAsync(ad, cancellationToken: Bounded);
        return (person, other, [bought, sold]);
    }

    /// <summary>A webhook, a browser, a device, an application and hours, each with the word where a word fits.</summary>
    private async Task Reachable(Trader person, string word)
    {
        var webhook = await person.Client.Webhooks.CreateAsync(new Uri($"{HookSettings.NowhereUrl}/{word}"), cancellationToken: Bounded);
        await person.Client.Webhooks.PauseAsync(webhook.Webhook.Id, Bounded);
        await person.Client.WebPush.RegisterAsync(
            new Uri($"{HookSettings.NowhereUrl}/{word}"), HookSettings.P256dh, HookSettings.Auth, Bounded);
        await person.Client.Keys.RegisterAsync(word, Bounded);
        await Sql(
            $"""
            insert into merchant_applications (id, user_id, business_name, country, registration_number, website, body, status, created_at)
            values (gen_random_uuid(), {Id(person)}, '{word} Ltd', 'KE', '{word} 1', 'https://{word}.example', '{word} sells', 'Open', now());
            insert into webhook_deliveries (id, endpoint_id, kind, events, attempt, latency_ms, error, at)
            values (gen_random_uuid(), '{webhook.Webhook.Id}', 'Test', 0, 1, 1, 'no answer from {word}', now());
            insert into staff_members (user_id, roles, seen_at) values ({Id(person)}, array['{word}'], now());
            insert into maker_hours (user_id, time_zone, week, updated_at)
            values ({Id(person)}, 'Africa/Nairobi', int4multirange(int4range(0, 7 * 24 * 60)), now());
            """);
    }

    /// <summary>Where a word stands, in any column of any table.</summary>
    private async Task<IReadOnlyList<string>> Traces(string word)
    {
        var columns = await Sql<string[]>(
            """
            select array_agg(table_name || '.' || column_name order by 1)
              from information_schema.columns c
              join information_schema.tables t using (table_schema, table_name)
             where table_schema = 'public'
               and table_type = 'BASE TABLE'
            """);
        var parts = columns.Select(column => column.Split('.')).Select(name =>
            $"select '{name[0]}.{name[1]}:' || count(*) as line from {name[0]} where \"{name[1]}\"::text like '%{word}%' having count(*) > 0");
        return await Sql<string[]>($"select coalesce(array_agg(line), '{{}}') from ({string.Join(" union all ", parts)}) x");
    }

    private async Task<byte[]> Guard(Trader trader)
    {
        var setup = await trader.Client.SecondFactor.BeginAsync(Bounded);
        var vault = Market.Service<SecondFactorVault>();
        var closed = await Sql<byte[]>($"select sealed from second_factors where user_id = {Id(trader)}");
        var secret = vault.Open(new SealedBytes("a", closed), SecondFactorVault.ForSecret(Id(trader))).ShouldNotBeNull();
        Base32.Encode(secret).ShouldBe(setup.Secret);
        await trader.Client.SecondFactor.ConfirmAsync(Totp.Code(secret, Totp.StepOf(DateTimeOffset.UtcNow)), Bounded);
        await Sql($"delete from second_factor_uses where user_id = {Id(trader)}");
        return secret;
    }

    private static async Task<JsonDocument> Export(Trader trader)
    {
        await using var file = await trader.Client.Privacy.ExportAsync(Bounded);
        file.ContentType.ShouldBe("application/json");
        return await JsonDocument.ParseAsync(file.Content, cancellationToken: Bounded);
    }

    private static async Task<IEnumerable<string>> Codes(Trader trader) =>
        (await trader.Client.Privacy.GetDeletionAsync(Bounded)).Reasons.Select(reason => reason.Code);

    private Task MakeDue(long userId) =>
        Sql($"update deletions set due_at = clock_timestamp(), next_at = clock_timestamp() where user_id = {userId}");
}
