using System.Net.Http.Json;
using System.Text.Json;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>How a connection to the trade hub begins, and why it is refused.</summary>
public sealed class ConnectionCallTests : MarketFixture
{
    [Test]
    public async Task Connected_is_heard_first_and_once()
    {
        var ann = await Buyer();
        await using var raw = await Raw(ann.Name, query: "?v=1");
        var info = (await raw.Hears("Connected"))[0][0];
        raw.Heard[0].GetProperty("target").GetString().ShouldBe("Connected");
        info.GetProperty("profile").GetProperty("username").GetString().ShouldBe(ann.Name);
        info.GetProperty("contractVersion").GetInt32().ShouldBe(Limits.ContractVersion);
        info.GetProperty("serverTime").GetString().ShouldNotBeNull().ShouldEndWith("Z");
        (await raw.Call("GetMarkets")).TryGetProperty("result", out _).ShouldBeTrue();
        raw.Arguments("Connected").Count.ShouldBe(1);
    }

    [Test]
    public async Task Without_a_profile_the_connection_is_refused_and_closed()
    {
        await using var raw = await Raw(NewName("stranger"));
        var refused = (await raw.Hears("ConnectionRefused"))[0];
        refused[0].GetString().ShouldBe(ErrorCodes.NotJoinedP2P);
        refused[1].GetString().ShouldBe("You have not joined P2P trading yet.");
        await raw.Closed;
        raw.Arguments("Connected").ShouldBeEmpty();
        var client = Market.Client(NewName("stranger"));
        (await Refused(() => client.ConnectAsync(Bounded))).ShouldBe(ErrorCodes.NotJoinedP2P);
        client.State.ShouldNotBe(P2PClientState.Connected);
    }

    [Test]
    public async Task Nothing_can_be_called_on_a_connection_that_is_refused()
    {
        // Calls that are in flight with the handshake must not slip through before the refusal.
        var name = NewName("stranger");
        await using var raw = await Raw(name);
        await raw.Send("""{"type":1,"invocationId":"x","target":"GetMarkets","arguments":[]}""");
        await raw.Closed;
        raw.Heard.ShouldAllBe(call => call.GetProperty("target").GetString() == "ConnectionRefused");
    }

    [Test]
    public async Task After_new_terms_one_must_consent_again()
    {
        var ann = await Buyer();
        var version = await PublishTerms();
        await using (var raw = await Raw(ann.Name))
        {
            (await raw.Hears("ConnectionRefused"))[0][0].GetString().ShouldBe(ErrorCodes.ConsentRequired);
            await raw.Closed;
        }

        using var http = Market.Http(ann.Name);
        var consented = await http.PostAsJsonAsync("/api/p2p/profile/consent", new { terms_version = version });
        consented.IsSuccessStatusCode.ShouldBeTrue();
        await using var again = await Raw(ann.Name);
        await again.Hears("Connected");
    }

    [Test]
    public async Task A_suspended_user_hears_why_and_is_kept_out_until_it_is_lifted()
    {
        var ann = await Buyer();
        await using var standing = await Raw(ann.Name);
        await standing.Hears("Connected");
        await Suspend(ann);
        (await standing.Hears("ConnectionClosing", within: TimeSpan.FromSeconds(3)))[0][0].GetString().ShouldBe(ErrorCodes.Suspended);
        await standing.Closed;
        await using (var raw = await Raw(ann.Name))
        {
            (await raw.Hears("ConnectionRefused"))[0][0].GetString().ShouldBe(ErrorCodes.Suspended);
            await raw.Closed;
        }

        using var http = Market.Http(ann.Name);
        var why = await http.GetFromJsonAsync<JsonElement>("/api/p2p/suspension");
        why.GetProperty("data").GetProperty("reason").GetString().ShouldBe("a test");
        await Lift(ann);
        await using var again = await Raw(ann.Name);
        await again.Hears("Connected");
    }

    [TestCase("?v=0")]
    [TestCase("?v=x")]
    [TestCase("?v=-1")]
    public async Task A_client_that_is_too_old_is_told_so(string query)
    {
        var ann = await Buyer();
        await using var raw = await Raw(ann.Name, query: query);
        (await raw.Hears("ConnectionRefused"))[0][0].GetString().ShouldBe(ErrorCodes.ClientTooOld);
        await raw.Closed;
    }

    [Test]
    public async Task Sign_out_ends_every_connection_and_every_older_token()
    {
        var ann = await Buyer();
        var token = Market.Token(ann.Name);
        await using var raw = await Raw(ann.Name);
        await raw.Hears("Connected");
        using var http = Market.Http(ann.Name);
        (await http.PostAsync("/api/p2p/sign-out", null)).IsSuccessStatusCode.ShouldBeTrue();
        (await raw.Hears("ConnectionClosing", within: TimeSpan.FromSeconds(3)))[0][0].GetString().ShouldBe(ErrorCodes.SignedOut);
        await raw.Closed;
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await http.GetAsync("/api/p2p/profile/check")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }
}
