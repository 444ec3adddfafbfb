using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Tests.Support;
using static System.Net.HttpStatusCode;

namespace P2P.Tests.Ledger;

/// <summary>What the operator's wallet service does, over REST.</summary>
public sealed class CustodyTests : MarketFixture
{
    private HttpClient _custody = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start()
    {
        _custody = Market.Http("wallet-service", 0, "custody");
        await Market.Trader("una");
    }

    [OneTimeTearDown]
    public void Stop() => _custody.Dispose();

    [Test]
    public async Task Only_the_role_custody_may_come_in()
    {
        using var user = Market.Http("una");
        using var staff = Market.Http("ada", 0, "admin");
        using var nobody = new HttpClient { BaseAddress = Market.AddressOf() };

        var deposit = new { external_ref = "a", user_id = 1, asset = "BTC", amount = "1" };
        foreach (var (http, expected) in new[] { (user, Forbidden), (staff, Forbidden), (nobody, Unauthorized) })
        {
            (await http.GetAsync("/api/custody/withdrawals")).StatusCode.ShouldBe(expected);
            (await http.PostAsJsonAsync("/api/custody/deposits", deposit)).StatusCode.ShouldBe(expected);
        }
    }

    [Test]
    public async Task A_deposit_is_credited_once_for_its_reference()
    {
        var user = await Buyer();
        var id = user.Client.Me!.Id; // Connected, so there is a profile.

        var first = await Post("deposits", new { external_ref = "tx-1:0", user_id = id, asset = "BTC", amount = "0.50" });
        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            Post("deposits", new { external_ref = "tx-1:0", user_id = id, asset = "BTC", amount = "0.5" })));
        var bySubject = await Post("deposits", new { external_ref = "tx-1:0", user_id = user.Name, asset = "BTC", amount = "0.5" });

        first.Status.ShouldBe(OK);
        first.Body.ShouldContain("\"amount\":\"0.5\"");
        again.ShouldBe(Enumerable.Repeat(first, again.Length));
        bySubject.ShouldBe(first);
        (await user.Client.Wallet.GetBalancesAsync(Bounded))[0].Available.ShouldBe(0.5m);
        foreach (var other in new object[]
        {
            new { external_ref = "tx-1:0", user_id = id, asset = "BTC", amount = "0.6" },
            new { external_ref = "tx-1:0", user_id = id, asset = "ETH", amount = "0.5" },
        })
        {
            (await Post("deposits", other)).ShouldSatisfyAllConditions(
                answer => answer.Status.ShouldBe(Conflict),
                answer => answer.Body.ShouldContain(ErrorCodes.ExternalReferenceReused));
        }
    }

    [Test]
    public async Task A_deposit_is_still_known_when_stored_answers_are_gone()
    {
        var body = new { external_ref = "tx-2", user_id = "una", asset = "BTC", amount = "1" };
        var first = await Post("deposits", body);
        await Sql("delete from requests");

        (await Post("deposits", body)).ShouldBe(first);
        (await Post("deposits", body with { amount = "2" })).Body.ShouldContain(ErrorCodes.ExternalReferenceReused);
    }

    [TestCase("""{"external_ref":"r","user_id":12345,"asset":"BTC","amount":"1"}""", NotFound, ErrorCodes.NotFound)]
    [TestCase("""{"external_ref":"r","user_id":0,"asset":"BTC","amount":"1"}""", NotFound, ErrorCodes.NotFound)]
    [TestCase("""{"external_ref":"r","user_id":"nobody","asset":"BTC","amount":"1"}""", NotFound, ErrorCodes.NotFound)]
    [TestCase("""{"external_ref":"r","user_id":true,"asset":"BTC","amount":"1"}""", BadRequest, ErrorCodes.BadInput)]
    [TestCase("""{"external_ref":"r","user_id":"una","asset":"DOGE","amount":"1"}""", BadRequest, ErrorCodes.AssetUnknown)]
    [TestCase("""{"external_ref":"r","user_id":"una","asset":"BTC","amount":1}""", BadRequest, ErrorCodes.BadInput)]
    [TestCase("""{"external_ref":"r","user_id":"una","asset":"BTC","amount":"1e3"}""", BadRequest, ErrorCodes.BadInput)]
    [TestCase("""{"external_ref":"r","user_id":"una","asset":"BTC","amount":"-1"}""", BadRequest, ErrorCodes.BadInput)]
    [TestCase("""{"external_ref":"r","user_id":"una","asset":"USDT","amount":"0.0000001"}""", BadRequest, ErrorCodes.BadInput)]
    [TestCase("""{"external_ref":"","user_id":"una","asset":"BTC","amount":"1"}""", BadRequest, ErrorCodes.BadInput)]
    [TestCase("""{"external_ref":"r\n","user_id":"una","asset":"BTC","amount":"1"}""", BadRequest, ErrorCodes.BadInput)]
    [TestCase("""{"external_ref":"r","user_id":"una","asset":"BTC","amount":"1","more":1}""", BadRequest, ErrorCodes.BadInput)]
    public async Task A_deposit_that_cannot_be_is_refused(string json, HttpStatusCode status, string code)
    {
        var entries = await Sql<long>("select count(*) from entries");
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");

        using var response = await _custody.PostAsync("/api/custody/deposits", content);

        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain($"\"{code}\"");
        (await Sql<long>("select count(*) from entries")).ShouldBe(entries);
    }

    [Test]
    public async Task Waiting_withdrawals_are_listed_settled_and_returned_once()
    {
        var user = await Seller(5);
        var ids = new List<Guid?>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await user.Client.Wallet.RequestWithdrawalAsync("BTC", 1, $"bc1q{i}", Bounded)).WithdrawalId);
        }

        (await Listed("?limit=2")).ShouldBe(ids.Take(2));
        (await Listed($"?after={ids[1]}")).ShouldBe(ids.Skip(2));

        var settled = await Post($"withdrawals/{ids[0]}/settle", new { external_ref = "out-0" });
        settled.Status.ShouldBe(OK);
        (await Post($"withdrawals/{ids[0]}/settle", new { external_ref = "out-0" })).ShouldBe(settled);
        (await Post($"withdrawals/{ids[1]}/return", new { external_ref = "out-1" })).Status.ShouldBe(OK);

        (await Post($"withdrawals/{ids[0]}/return", new { external_ref = "out-9" })).Body.ShouldContain(ErrorCodes.WrongStatus);
        (await Post($"withdrawals/{ids[2]}/settle", new { external_ref = "out-0" })).Body.ShouldContain(ErrorCodes.ExternalReferenceReused);
        (await Post($"withdrawals/{ids[1]}/settle", new { external_ref = "out-1" })).Body.ShouldContain(ErrorCodes.ExternalReferenceReused);
        var unknown = Guid.CreateVersion7();
        (await Post($"withdrawals/{unknown}/settle", new { external_ref = "out-8" })).Status.ShouldBe(NotFound);
        (await Listed("")).ShouldBe(ids.Skip(2));

        (await user.Client.Wallet.GetBalancesAsync(Bounded))[0]
            .ShouldBe(new Balance { Asset = "BTC", Available = 3, InEscrow = 0, InWithdrawal = 1 });
        (await user.Client.Wallet.ListWithdrawalsAsync(cancellationToken: Bounded)).Items
            .Select(row => (row.Status, row.ExternalReference))
            .ShouldBe([(WithdrawalStatus.Requested, null), (WithdrawalStatus.Returned, "out-1"), (WithdrawalStatus.Settled, "out-0")]);
        (await Invariants.Look(Market.Database.App)).Violations.ShouldBeEmpty();
    }

    [Test]
    public async Task Custody_has_a_rate_of_its_own()
    {
        await using var market = await TestMarket.Create(
            settings: new() { ["Limits:CustodyPerMinute"] = "3", ["Limits:RestPerUserPerMinute"] = "2" });
        using var custody = market.Http("wallet-service", 0, "custody");

        for (var i = 0; i < 3; i++)
        {
            (await custody.GetAsync("/api/custody/withdrawals")).StatusCode.ShouldBe(OK);
        }

        var refused = await custody.GetAsync("/api/custody/withdrawals");
        refused.StatusCode.ShouldBe(TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await custody.GetAsync("/api/p2p/profile/check")).StatusCode.ShouldBe(OK);
    }

    private async Task<IEnumerable<Guid?>> Listed(string query)
    {
        using var page = JsonDocument.Parse(await _custody.GetStringAsync($"/api/custody/withdrawals{query}"));
        var rows = page.RootElement.GetProperty("data").GetProperty("withdrawals");
        return [.. rows.EnumerateArray().Select(row => (Guid?)row.GetProperty("id").GetGuid())];
    }

    private async Task<(HttpStatusCode Status, string Body)> Post(string path, object body)
    {
        using var response = await _custody.PostAsJsonAsync($"/api/custody/{path}", body);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
