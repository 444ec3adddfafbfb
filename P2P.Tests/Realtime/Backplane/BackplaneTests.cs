using System.Net.Http.Json;
using System.Text.Json;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Deals.Offers;
using P2P.Server.Realtime.Presence;
using P2P.Server.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime.Backplane;

/// <summary>Two nodes and a Redis: what happens on one is heard on the other at once, whoever is connected where.</summary>
public sealed class BackplaneTests : BackplaneFixture
{
    private const int Rounds = 30;
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(500);

    [Test]
    public async Task Events_reach_the_other_node_at_once()
    {
        var (seller, buyer) = (await Seller(node: 0), await Buyer(node: 1));
        var ad = await TestMarket.Ad(seller, total: Rounds);
        var took = new List<double>();
        seller.Client.On<OrderChanged>((head, _, _) =>
        {
            lock (took)
            {
                took.Add((DateTimeOffset.UtcNow - head.At).TotalMilliseconds);
            }

            return Task.CompletedTask;
        });
        // Whoever has just connected is looked after by the healer for a second.
        await Task.Delay(1_200);
        for (var i = 0; i < Rounds; i++)
        {
            await Place(buyer, ad, 0.01m);
        }

        await Eventually(() => took.Count == Rounds);
        var (half, most) = (Quantile(took, 0.5), Quantile(took, 0.99));
        Tell($"{Rounds} events of the other node: p50 {half:0.0} ms, p99 {most:0.0} ms after the commit's clock");
        half.ShouldBeLessThan(AtOnce.TotalMilliseconds);
        Bus(0).Counts.Heard.ShouldBeGreaterThanOrEqualTo(Rounds);
    }

    [Test]
    public async Task Typing_and_the_text_of_a_message_reach_the_other_node()
    {
        var (seller, buyer) = (await Seller(node: 0), await Buyer(node: 1));
        var order = await Place(buyer, await TestMarket.Ad(seller));
        var typing = new Heard<TypingSignal>();
        seller.Client.Chat.Typing += (_, signal) => typing.Add(signal);
        await using var raw = await Raw(seller.Name, node: 0);
        await raw.Hears("Connected");
        await Task.Delay(1_200);
        await buyer.Client.Chat.TypingAsync(order, Bounded);
        var typed = await Eventually(() => typing.All.Count == 1);
        typing.All[0].ShouldBe(new TypingSignal { OrderId = order, UserId = Id(buyer) });
        await buyer.Client.Chat.SendAsync(order, "sent from afar", cancellationToken: Bounded);
        (await raw.Hears(nameof(IChatClient.MessageSent)))[0].GetRawText().ShouldContain("sent from afar");
        Tell($"typing was seen on the other node after {typed.TotalMilliseconds:0} ms");
    }

    [Test]
    public async Task What_changes_a_book_is_told_to_the_other_node()
    {
        var seller = await Seller(node: 0);
        var ad = await TestMarket.Ad(seller);
        var told = new Heard<Guid>();
        Market.Service<OfferChanges>(1).Changed += Note;
        await seller.Client.Ads.ChangeTotalAsync(ad, 2, cancellationToken: Bounded);
        var took = await Eventually(() => told.All.Contains(ad));
        Market.Service<OfferChanges>(1).Changed -= Note;
        Tell($"the other node knew of a changed ad {took.TotalMilliseconds:0} ms after the answer");

        void Note(IReadOnlyCollection<Guid> offerIds) => offerIds.ToList().ForEach(told.Add);
    }

    [Test]
    public async Task A_client_that_negotiated_with_one_node_connects_to_another()
    {
        var ann = await Buyer(node: 0);
        using var http = Market.Http(ann.Name, node: 0);
        var negotiated = await http.PostAsync($"{TradeHub.Path}/negotiate?negotiateVersion=1", null);
        negotiated.IsSuccessStatusCode.ShouldBeTrue();
        var token = (await negotiated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString();
        await using var raw = await Raw(ann.Name, node: 1, query: $"?id={token}&v=1");
        await raw.Hears("Connected");
    }

    [Test]
    public async Task Presence_is_known_on_every_node()
    {
        var (boards0, boards1) = (Market.Service<PresenceBoard>(0), Market.Service<PresenceBoard>(1));
        var ann = await Buyer(node: 1);
        var id = Id(ann);
        var came = await Eventually(() => boards0.IsOnline(id));
        boards1.IsOnline(id).ShouldBeTrue();
        boards0.Nodes.Count.ShouldBe(2);
        boards0.Nodes[0].IsHere.ShouldBeTrue();
        boards0.Nodes[1].Node.ShouldBe(boards1.Nodes[0].Node);
        await using (var staff = new P2PAdminClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(0),
            TokenProvider = _ => ValueTask.FromResult(Market.Token("staff", StaffRoles.Admin)),
        }))
        {
            await staff.ConnectAsync(Bounded);
            (await staff.Users.GetAsync(id, Bounded)).IsOnline.ShouldBeTrue();
            await Eventually(async () =>
            {
                var counters = await staff.House.GetCountersAsync(Bounded);
                return counters is { Backplane: BackplaneStatus.Up, Nodes.Count: 2 }
                    && counters.Connections == counters.Nodes.Sum(node => node.Connections)
                    && counters.Nodes[1].Connections >= 1
                    && counters.Users >= 2;
            });
            var before = await LastActive();
            await ann.Client.DisposeAsync();
            var went = await Eventually(() => !boards0.IsOnline(id) && !boards1.IsOnline(id));
            (await staff.Users.GetAsync(id, Bounded)).IsOnline.ShouldBeFalse();
            await Eventually(async () => await LastActive() > before);
            Tell($"presence on the other node: came after {came.TotalMilliseconds:0} ms, went after {went.TotalMilliseconds:0} ms");
        }

        Task<DateTime> LastActive() => Sql<DateTime>($"select last_active_at from profiles where user_id = {id}");
    }

    [Test]
    public async Task A_user_who_is_on_two_nodes_is_online_until_the_last_connection_ends()
    {
        var ann = await Buyer(node: 0);
        var board = Market.Service<PresenceBoard>(0);
        await using (var raw = await Raw(ann.Name, node: 1))
        {
            await raw.Hears("Connected");
            await Task.Delay(500);
            await ann.Client.DisposeAsync();
            await Task.Delay(500);
            board.IsOnline(Id(ann)).ShouldBeTrue();
        }

        await Eventually(() => !board.IsOnline(Id(ann)));
    }

    [Test]
    public async Task A_sign_out_closes_the_connections_of_the_other_node_at_once()
    {
        var took = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var name = (await Buyer(node: 1)).Name;
            await using var raw = await Raw(name, node: 1);
            await raw.Hears("Connected");
            using var http = Market.Http(name, node: 0);
            (await http.PostAsync("/api/p2p/sign-out", null)).IsSuccessStatusCode.ShouldBeTrue();
            took.Add((await Eventually(() => raw.Arguments("ConnectionClosing").Count > 0)).TotalMilliseconds);
            raw.Arguments("ConnectionClosing")[0][0].GetString().ShouldBe(ErrorCodes.SignedOut);
        }

        Tell($"closed by the other node's sign-out after {string.Join(", ", took.Select(ms => $"{ms:0}"))} ms");
        Quantile(took, 0.5).ShouldBeLessThan(AtOnce.TotalMilliseconds);
    }
}
