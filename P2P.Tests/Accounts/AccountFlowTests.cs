using Microsoft.Extensions.DependencyInjection;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts;
using P2P.Server.Core;
using P2P.Tests.Accounts.Support;

namespace P2P.Tests.Accounts;

/// <summary>The flows behind the account calls of the hubs (S14, S24, S38, S41).</summary>
public sealed class AccountFlowTests
{
    private static readonly Caller Anybody = new(1, "anybody");

    private AccountsServer _server = null!; // Set before each test.
    private AccountFlows _flows = null!; // Set before each test.

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await AccountsServer.Start();
        _flows = _server.Services.GetRequiredService<AccountFlows>();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Strangers_never_see_what_is_private()
    {
        var owner = _server.User("private-owner");
        var made = await owner.Post("profile/create", new
        {
            username = "private_owner",
            phone_number = "+12025550111",
            email = "canary@private.example",
            has_consent = true,
        });
        var id = made.Profile.GetProperty("id").GetInt64();
        var stranger = await (await _server.Joined("private-stranger")).Caller();
        (await _flows.Profiles.Get(await owner.Caller(), new GetProfileRequest(), default)).Private.ShouldNotBeNull()
            .Email.ShouldBe("canary@private.example");
        var seen = await _flows.Profiles.Get(stranger, new GetProfileRequest { ProfileId = id }, default);
        seen.Username.ShouldBe("private_owner");
        seen.Private.ShouldBeNull();
        var found = await _flows.ProfileSearch.Search(Anybody, new SearchProfilesRequest { Search = "private_o" }, default);
        found.Profiles.ShouldHaveSingleItem().Private.ShouldBeNull();
        (await _flows.ProfileSearch.Search(Anybody, new SearchProfilesRequest { Search = "canary" }, default)).Total.ShouldBe(0);
        (await Refusal(_flows.Profiles.Get(stranger, new GetProfileRequest { ProfileId = 12345 }, default)))
            .Code.ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task A_change_happens_once_for_one_request_id_and_tells_once()
    {
        var caller = await (await _server.Joined("once-user")).Caller();
        var request = new UpdateProfileRequest { RequestId = Ids.New(), PhoneNumber = "+12025550122", AutoReplyMessage = "Hi" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _flows.Profiles.Update(caller, request, default)));
        answers.ShouldAllBe(answer => answer.Private!.PhoneNumber == "+12025550122");
        (await _server.Sql<long>($"select count(*) from events where user_id = {caller.UserId}")).ShouldBe(1);
        (await _server.Sql<long>("select count(*) from requests where reply like '%12025550122%'")).ShouldBe(0);
        (await Refusal(_flows.Profiles.Update(caller, request with { PhoneNumber = null }, default)))
            .Code.ShouldBe(ErrorCodes.RequestIdReused);

        var cleared = await _flows.Profiles.Update(
            caller, new UpdateProfileRequest { RequestId = Ids.New(), Clear = [ProfileField.PhoneNumber] }, default);
        (cleared.Private!.PhoneNumber, cleared.Private.AutoReplyMessage).ShouldBe((null, "Hi"));
        var both = new UpdateProfileRequest { RequestId = Ids.New(), Email = "a@b.example", Clear = [ProfileField.Email] };
        (await Refusal(_flows.Profiles.Update(caller, both, default))).Code.ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task A_taken_name_stays_refused_under_its_request_id()
    {
        await _server.Joined("holder", "held_name");
        var caller = await (await _server.Joined("wisher")).Caller();
        var request = new UpdateProfileRequest { RequestId = Ids.New(), Username = "he1d_name" };
        (await Refusal(_flows.Profiles.Update(caller, request, default))).Code.ShouldBe(ErrorCodes.UsernameTaken);
        await _server.Sql("update profiles set username = 'free', username_skeleton = 'free' where username = 'held_name'");
        (await Refusal(_flows.Profiles.Update(caller, request, default))).Code.ShouldBe(ErrorCodes.UsernameTaken);
        (await _flows.Profiles.Update(caller, request with { RequestId = Ids.New() }, default)).Username.ShouldBe("he1d_name");
    }

    [Test]
    public async Task A_search_pages_through_all_and_takes_wildcards_as_letters()
    {
        foreach (var i in Enumerable.Range(0, 7))
        {
            var caller = await (await _server.Joined($"found-{i}", $"finder_{i}x")).Caller();
            await _server.Sql($"update standings set completed = {i / 2}, cancelled = 1 where user_id = {caller.UserId}");
        }

        var seen = new List<ProfileView>();
        string? cursor = null;
        do
        {
            var request = new SearchProfilesRequest { Search = "FINDER_", Limit = 3, Cursor = cursor };
            var page = await _flows.ProfileSearch.Search(Anybody, request, default);
            page.Total.ShouldBe(7);
            seen.AddRange(page.Profiles);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        seen.Count.ShouldBe(7);
        seen.Select(profile => profile.Id).ShouldBeUnique();
        seen.Select(profile => profile.CompletedTrades).ShouldBeInOrder(SortDirection.Descending);
        (await _flows.ProfileSearch.Search(Anybody, new SearchProfilesRequest { Search = "f%x" }, default)).Total.ShouldBe(0);
        (await _flows.ProfileSearch.Search(Anybody, new SearchProfilesRequest { Search = @"\' or 1=1 --" }, default)).Total.ShouldBe(0);
        (await Refusal(_flows.ProfileSearch.Search(Anybody, new SearchProfilesRequest { Cursor = "none" }, default)))
            .Code.ShouldBe(ErrorCodes.BadInput);
        (await Refusal(_flows.ProfileSearch.Search(Anybody, new SearchProfilesRequest { Limit = 101 }, default))).Code.ShouldBe(ErrorCodes.BadInput);
        (await _flows.ProfileSearch.Search(Anybody, new SearchProfilesRequest { Search = "finder", MinRating = 1, IsVerified = false }, default))
            .Total.ShouldBe(0);
    }

    [Test]
    public async Task Statistics_come_from_the_standing()
    {
        var caller = await (await _server.Joined("counted")).Caller();
        (await _flows.Profiles.Stats(caller, new GetProfileRequest(), default)).CompletionRate.ShouldBe(0);
        await _server.Sql($"update standings set completed = 2, cancelled = 1 where user_id = {caller.UserId}");
        var stats = await _flows.Profiles.Stats(caller, new GetProfileRequest { ProfileId = caller.UserId }, default);
        (stats.TotalTrades, stats.CompletedTrades, stats.CancelledTrades, stats.CompletionRate).ShouldBe((3, 2, 1, 66.67m));
    }

    [Test]
    public async Task The_catalogue_is_filtered_and_every_field_has_a_known_format()
    {
        var all = await _flows.PaymentMethods.List(new ListPaymentMethodsRequest(), default);
        all.Count.ShouldBe(45);
        all.SelectMany(method => method.Fields).ShouldAllBe(field => field.Format != PaymentFieldFormat.Unknown);
        all.ShouldAllBe(method => method.Kind != PaymentMethodKind.Unknown);
        var kenya = await _flows.PaymentMethods.List(new ListPaymentMethodsRequest { Country = "KE", Currency = "KES" }, default);
        kenya.Select(method => method.Code).ShouldBe(["airtel-ke", "bank-ke", "mpesa-ke"]);
        (await Refusal(_flows.PaymentMethods.List(new ListPaymentMethodsRequest { Country = "Kenya" }, default)))
            .Code.ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task A_payment_account_is_checked_kept_listed_and_deleted_by_its_owner_alone()
    {
        var caller = await (await _server.Joined("payee")).Caller();
        var other = await (await _server.Joined("payee-other")).Caller();
        var saved = await Save(caller, 1, ("holder", " Ann  Example "), ("iban", "de89 3704 0044 0532 0130 00"));
        var account = (await _flows.PaymentAccounts.List(caller, default)).ShouldHaveSingleItem();
        account.Id.ShouldBe(saved.PaymentAccountId);
        account.PaymentMethodName.ShouldBe("SEPA transfer");
        account.Fields["iban"].ShouldBe("DE89370400440532013000");
        (await _flows.PaymentAccounts.List(other, default)).ShouldBeEmpty();

        var delete = new DeletePaymentAccountRequest { RequestId = Ids.New(), PaymentAccountId = account.Id };
        (await Refusal(_flows.PaymentAccounts.Delete(other, delete, default))).Code.ShouldBe(ErrorCodes.NotFound);
        await _flows.PaymentAccounts.Delete(caller, delete, default);
        await _flows.PaymentAccounts.Delete(caller, delete, default);
        (await _flows.PaymentAccounts.List(caller, default)).ShouldBeEmpty();
        (await Refusal(_flows.PaymentAccounts.Delete(caller, delete with { RequestId = Ids.New() }, default)))
            .Code.ShouldBe(ErrorCodes.NotFound);
        (await _server.Sql<long>($"select count(*) from payment_accounts where id = '{account.Id}' and deleted_at is not null"))
            .ShouldBe(1);
    }

    [Test]
    public async Task Wrong_payment_accounts_name_the_field()
    {
        var caller = await (await _server.Joined("wrong-payee")).Caller();
        foreach (var (field, fields) in new (string, (string, string)[])[]
        {
            ("iban", [("holder", "Ann"), ("iban", "DE89370400440532013001")]),
            ("iban", [("holder", "Ann")]),
            ("holder", [("iban", "DE89370400440532013000")]),
            ("bic", [("holder", "Ann"), ("iban", "DE89370400440532013000"), ("bic", "SHORT")]),
            ("password", [("holder", "Ann"), ("iban", "DE89370400440532013000"), ("password", "x")]),
        })
        {
            var refused = await Refusal(Save(caller, 1, fields));
            refused.Code.ShouldBe(ErrorCodes.PaymentAccountInvalid);
            refused.Reason.Details.ShouldNotBeNull()["field"].ShouldBe(field);
        }

        (await Refusal(Save(caller, 4_711, ("holder", "Ann")))).Code.ShouldBe(ErrorCodes.PaymentMethodUnknown);
    }

    [Test]
    public async Task Payment_accounts_stop_at_their_quota_also_when_saved_at_once()
    {
        var caller = await (await _server.Joined("rich-payee")).Caller();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Limits.PaymentAccountsMax + 5).Select(async i =>
        {
            try
            {
                await Save(caller, 17, ("holder", "Ann"), ("phone", $"+2547{i:00000000}"));
                return "";
            }
            catch (Refused refused)
            {
                return refused.Code;
            }
        }));
        outcomes.Count(code => code.Length == 0).ShouldBe(Limits.PaymentAccountsMax);
        outcomes.Where(code => code.Length > 0).ShouldAllBe(code => code == ErrorCodes.QuotaExceeded);
    }

    private Task<PaymentAccountReply> Save(Caller caller, long method, params (string Key, string Value)[] fields) =>
        _flows.PaymentAccounts.Save(
            caller,
            new SavePaymentAccountRequest
            {
                RequestId = Ids.New(),
                PaymentMethodId = method,
                Fields = fields.ToDictionary(field => field.Key, field => field.Value),
            },
            default);

    private static Task<Refused> Refusal(Task call) => Should.ThrowAsync<Refused>(call);
}
