using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>The calls on profiles and payment accounts, through the SDK.</summary>
public sealed class ProfileCallTests : MarketFixture
{
    [Test]
    public async Task One_sees_all_of_oneself_and_the_public_part_of_others()
    {
        var (ann, bob) = (await Buyer(), await Buyer());
        await ann.Client.Profiles.UpdateAsync(phoneNumber: "+254700000001", email: "ann@example.com", cancellationToken: Bounded);

        var own = await ann.Client.Profiles.GetMineAsync(Bounded);
        own.Id.ShouldBe(Id(ann));
        own.Private.ShouldNotBeNull().UserId.ShouldBe(ann.Name);
        own.Private.PhoneNumber.ShouldBe("+254700000001");
        own.Private.Email.ShouldBe("ann@example.com");
        (await ann.Client.Profiles.GetAsync(Id(ann), Bounded)).Private.ShouldNotBeNull();

        var seen = await bob.Client.Profiles.GetAsync(Id(ann), Bounded);
        seen.Username.ShouldBe(ann.Name);
        seen.Private.ShouldBeNull();
        (await Refused(() => bob.Client.Profiles.GetAsync(1, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => bob.Client.Profiles.GetStatsAsync(1, Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task An_update_changes_what_is_given_clears_what_is_named_and_is_heard()
    {
        var ann = await Buyer();
        var hears = Hears<ProfileChanged>(ann.Client);
        var name = NewName("renamed");
        var updated = await ann.Client.Profiles.UpdateAsync(
            name,
            "+254700000002",
            "a@example.com",
            "https://example.com/a.png",
            "KES",
            [TestMarket.MpesaKenya],
            "Hello",
            cancellationToken: Bounded);
        updated.Username.ShouldBe(name);
        var mine = updated.Private.ShouldNotBeNull();
        (mine.PhoneNumber, mine.Email, mine.ProfilePictureUrl, mine.PreferredCurrency, mine.AutoReplyMessage)
            .ShouldBe(("+254700000002", "a@example.com", "https://example.com/a.png", "KES", "Hello"));
        mine.PreferredPaymentMethods.ShouldBe([TestMarket.MpesaKenya]);

        var cleared = await ann.Client.Profiles.UpdateAsync(
            clear: [ProfileField.Email, ProfileField.PreferredPaymentMethods], cancellationToken: Bounded);
        cleared.Username.ShouldBe(name);
        cleared.Private.ShouldNotBeNull().Email.ShouldBeNull();
        cleared.Private.PreferredPaymentMethods.ShouldBeEmpty();
        cleared.Private.PhoneNumber.ShouldBe("+254700000002");
        await Eventually(() => hears.All.Count == 2);
        hears.All.ShouldAllBe(change => change.Change == ProfileChange.Updated && change.ProfileId == Id(ann));
    }

    [Test]
    public async Task An_update_is_refused_with_its_code()
    {
        var (ann, bob) = (await Buyer(), await Buyer());
        var profiles = ann.Client.Profiles;
        (await Refused(() => profiles.UpdateAsync(bob.Name, cancellationToken: Bounded))).ShouldBe(ErrorCodes.UsernameTaken);
        (await Refused(() => profiles.UpdateAsync(bob.Name.ToUpperInvariant(), cancellationToken: Bounded))).ShouldBe(ErrorCodes.UsernameTaken);
        (await Refused(() => profiles.UpdateAsync("a b", cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => profiles.UpdateAsync(preferredCurrency: "XXX", cancellationToken: Bounded))).ShouldBe(ErrorCodes.CurrencyUnknown);
        (await Refused(() => profiles.UpdateAsync(preferredPaymentMethods: [999], cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.PaymentMethodUnknown);
        (await Refused(() => profiles.UpdateAsync(email: "a@example.com", clear: [ProfileField.Email], cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => profiles.UpdateAsync(clear: [ProfileField.Unknown], cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await profiles.GetMineAsync(Bounded)).Username.ShouldBe(ann.Name);
    }

    [Test]
    public async Task The_same_update_twice_is_one_update_and_another_under_its_id_is_refused()
    {
        var ann = await Buyer();
        var hears = Hears<ProfileChanged>(ann.Client);
        var request = new UpdateProfileRequest { RequestId = Guid.CreateVersion7(), AutoReplyMessage = "Once" };
        await ann.Client.Profiles.UpdateAsync(request, Bounded);
        (await ann.Client.Profiles.UpdateAsync(request, Bounded)).Private.ShouldNotBeNull().AutoReplyMessage.ShouldBe("Once");
        (await Refused(() => ann.Client.Profiles.UpdateAsync(request with { AutoReplyMessage = "Twice" }, Bounded)))
            .ShouldBe(ErrorCodes.RequestIdReused);
        (await Refused(() => ann.Client.Profiles.UpdateAsync(
            request with { RequestId = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours(-25)) }, Bounded))).ShouldBe(ErrorCodes.RequestIdExpired);
        await Task.Delay(300);
        hears.All.Count.ShouldBe(1);
    }

    [Test]
    public async Task The_completion_rate_is_in_percent_with_two_decimals()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        (await buyer.Client.Profiles.GetStatsAsync(cancellationToken: Bounded)).CompletionRate.ShouldBe(0);
        (await buyer.Client.Profiles.GetMineAsync(Bounded)).CompletionRate.ShouldBeNull();
        var ad = await TestMarket.Ad(seller, total: 5);
        for (var i = 0; i < 2; i++)
        {
            var order = await Place(buyer, ad);
            await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
            await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        }

        await buyer.Client.Orders.CancelAsync(await Place(buyer, ad), cancellationToken: Bounded);

        var stats = await seller.Client.Profiles.GetStatsAsync(Id(buyer), Bounded);
        (stats.TotalTrades, stats.CompletedTrades, stats.CancelledTrades, stats.CompletionRate).ShouldBe((3, 2, 1, 66.67m));
        stats.FirstTradeAt.ShouldNotBeNull();
        (await seller.Client.Profiles.GetAsync(Id(buyer), Bounded)).CompletionRate.ShouldBe(66.67m);
        var own = await seller.Client.Profiles.GetStatsAsync(cancellationToken: Bounded);
        (own.TotalTrades, own.CompletedTrades, own.CancelledTrades, own.CompletionRate).ShouldBe((2, 2, 0, 100m));
    }

    [Test]
    public async Task A_search_filters_pages_and_counts()
    {
        var people = new List<Trader>();
        for (var i = 0; i < 5; i++)
        {
            people.Add(await Market.Trader(NewName("findme")));
        }

        await Sql($"update profiles set is_verified = true, avg_rating = 4.5 where user_id in ({Id(people[0])}, {Id(people[1])})");
        await Sql($"update profiles set is_merchant = true where user_id = {Id(people[1])}");
        await Sql($"update standings set completed = 7 where user_id = {Id(people[2])}");
        var profiles = people[4].Client.Profiles;

        var all = await profiles.SearchAsync(new SearchProfilesRequest { Search = "FINDME" }, Bounded);
        all.Total.ShouldBe(5);
        all.NextCursor.ShouldBeNull();
        all.Profiles[0].Id.ShouldBe(Id(people[2]));
        all.Profiles.ShouldAllBe(profile => profile.Private == null);
        (await Found(new() { Search = "findme", IsVerified = true })).ShouldBe([Id(people[0]), Id(people[1])], ignoreOrder: true);
        (await Found(new() { Search = "findme", IsVerified = false })).Length.ShouldBe(3);
        (await Found(new() { Search = "findme", IsMerchant = true })).ShouldBe([Id(people[1])]);
        (await Found(new() { Search = "findme", MinRating = 4.5m })).Length.ShouldBe(2);
        (await Found(new() { Search = "findme", MinRating = 4.51m })).ShouldBeEmpty();
        (await Found(new() { Search = "f%e" })).ShouldBeEmpty();

        var paged = new List<long>();
        for (string? cursor = null; ;)
        {
            var page = await profiles.SearchAsync(new() { Search = "findme", Limit = 2, Cursor = cursor }, Bounded);
            page.Total.ShouldBe(5);
            paged.AddRange(page.Profiles.Select(profile => profile.Id));
            cursor = page.NextCursor;
            if (cursor is null)
            {
                break;
            }
        }

        paged.ShouldBe(all.Profiles.Select(profile => profile.Id));
        foreach (var wrong in new SearchProfilesRequest[] { new() { Limit = 0 }, new() { Limit = 101 }, new() { Cursor = "x" }, new() { MinRating = 6 } })
        {
            (await Refused(() => profiles.SearchAsync(wrong, Bounded))).ShouldBe(ErrorCodes.BadInput);
        }

        async Task<long[]> Found(SearchProfilesRequest request) =>
            [.. (await profiles.SearchAsync(request, Bounded)).Profiles.Select(profile => profile.Id)];
    }

    [Test]
    public async Task Payment_accounts_are_saved_listed_and_deleted_by_their_owner_alone()
    {
        var (ann, bob) = (await Buyer(), await Buyer());
        var first = (await ann.Client.Profiles.ListPaymentAccountsAsync(Bounded)).Single();
        var fields = new Dictionary<string, string> { ["holder"] = "Ann", ["phone"] = "+254711111111" };
        var saved = await ann.Client.Profiles.SavePaymentAccountAsync(TestMarket.MpesaKenya, fields, "second", Bounded);
        var listed = await ann.Client.Profiles.ListPaymentAccountsAsync(Bounded);
        listed.Select(account => account.Id).ShouldBe([first.Id, saved.PaymentAccountId]);
        (listed[1].Label, listed[1].Fields["phone"]).ShouldBe(("second", "+254711111111"));

        (await Refused(() => bob.Client.Profiles.DeletePaymentAccountAsync(first.Id, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => ann.Client.Profiles.DeletePaymentAccountAsync(Guid.CreateVersion7(), Bounded))).ShouldBe(ErrorCodes.NotFound);
        await ann.Client.Profiles.DeletePaymentAccountAsync(first.Id, Bounded);
        (await ann.Client.Profiles.ListPaymentAccountsAsync(Bounded)).Select(account => account.Id).ShouldBe([saved.PaymentAccountId]);

        fields["phone"] = "none";
        var refusal = await Refusal(() => ann.Client.Profiles.SavePaymentAccountAsync(TestMarket.MpesaKenya, fields, cancellationToken: Bounded));
        (refusal.Code, Detail(refusal, "field")).ShouldBe((ErrorCodes.PaymentAccountInvalid, "phone"));
        (await Refused(() => ann.Client.Profiles.SavePaymentAccountAsync(999, fields, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.PaymentMethodUnknown);
    }

    [Test]
    public async Task At_most_twenty_payment_accounts_are_kept()
    {
        var ann = await Buyer();
        var fields = new Dictionary<string, string> { ["holder"] = "Ann", ["phone"] = "+254711111111" };
        for (var i = 1; i < Limits.PaymentAccountsMax; i++)
        {
            await ann.Client.Profiles.SavePaymentAccountAsync(TestMarket.MpesaKenya, fields, $"{i}", Bounded);
        }

        var refusal = await Refusal(() => ann.Client.Profiles.SavePaymentAccountAsync(TestMarket.MpesaKenya, fields, cancellationToken: Bounded));
        (refusal.Code, Detail(refusal, "limit")).ShouldBe((ErrorCodes.QuotaExceeded, "20"));
    }

    [Test]
    public async Task The_catalogue_is_filtered_by_country_and_currency()
    {
        var ann = await Buyer();
        var kenyan = await ann.Client.Profiles.ListPaymentMethodsAsync("KE", "KES", Bounded);
        kenyan.ShouldContain(method => method.Id == TestMarket.MpesaKenya);
        kenyan.ShouldAllBe(method => method.Currency == "KES" && (method.Country == null || method.Country == "KE"));
        (await ann.Client.Profiles.ListPaymentMethodsAsync(cancellationToken: Bounded)).Count.ShouldBeGreaterThan(kenyan.Count);
    }
}
