using System.Net.Http.Json;
using P2P.Client.Sdk;
using P2P.Contracts.Dealers;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers;

/// <summary>Tests in the dealers' network, each with people of its own.</summary>
public abstract class DealerFixture : MarketFixture
{
    private readonly List<DealerClient> _clients = [];

    [OneTimeTearDown]
    public async Task Close_the_dealers()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }

    /// <summary>Somebody with a profile who is connected to the dealer hub and has not joined the network.</summary>
    private protected async Task<Dealer> Stranger(IKeyStore? keys = null, int node = 0)
    {
        var name = NewName("dealer");
        using (var http = Market.Http(name, node))
        {
            (await http.PostAsJsonAsync("/api/p2p/profile/create", new { username = name, has_consent = true }, Bounded))
                .IsSuccessStatusCode.ShouldBeTrue();
        }

        var client = Connecting(name, keys, node);
        await client.ConnectAsync(Bounded);
        return new Dealer(name, client, "");
    }

    /// <summary>A client of a user that is not connected yet.</summary>
    private protected DealerClient Connecting(string name, IKeyStore? keys = null, int node = 0)
    {
        var client = new DealerClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(node),
            TokenProvider = _ => ValueTask.FromResult(Market.Token(name)),
            Keys = keys ?? new MemoryKeyStore(),
        });
        Closes(client);
        return client;
    }

    /// <summary>The client is closed with the fixture.</summary>
    private protected void Closes(DealerClient client)
    {
        lock (_clients)
        {
            _clients.Add(client);
        }
    }

    /// <summary>A peer.</summary>
    private protected async Task<Dealer> Peer(bool isDiscoverable = false, int node = 0)
    {
        var dealer = await Stranger(node: node);
        return dealer with { PeerId = (await dealer.Client.Peers.JoinAsync(dealer.Name, isDiscoverable, Bounded)).PeerId };
    }

    /// <summary>The second accepts an invitation of the first.</summary>
    private protected static async Task<AcceptedInvitation> Connect(
        Dealer inviter, Dealer accepter, AccessLevel access = AccessLevel.Order, AccessLevel grants = AccessLevel.View) =>
        await accepter.Client.Invitations.AcceptAsync(await Invite(inviter, access), grants, Bounded);

    private protected static async Task<InvitationLink> Invite(Dealer inviter, AccessLevel access = AccessLevel.Order) =>
        InvitationLink.TryParse((await inviter.Client.Invitations.CreateAsync(access, cancellationToken: Bounded)).Link.AbsoluteUri)
            .ShouldNotBeNull();

    /// <summary>What a dealer hears of one kind, in order.</summary>
    private protected static Heard<T> Hears<T>(Dealer dealer)
    {
        var heard = new Heard<T>();
        dealer.Client.On<T>((_, body, _) =>
        {
            heard.Add(body);
            return Task.CompletedTask;
        });
        return heard;
    }

    /// <summary>A connection to the dealer hub that writes its frames itself.</summary>
    private protected Task<RawClient> RawDealer(string authorization) => RawClient.Connect(
        new UriBuilder(Market.AddressOf()) { Scheme = "ws", Path = P2P.Server.Dealers.DealerHub.Path }.Uri, authorization);

    private protected static long Id(Dealer dealer) => dealer.Client.Me.ShouldNotBeNull().Id;
}

/// <summary>A dealer of a test.</summary>
internal sealed record Dealer(string Name, DealerClient Client, string PeerId);
