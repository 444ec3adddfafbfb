using System.Diagnostics;
using P2P.Contracts;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Trading;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime.Backplane;

/// <summary>T16: what one node revokes closes connections of the other within two seconds, with Redis and without.</summary>
[TestFixture(true)]
[TestFixture(false)]
[Category("Reliability")]
public sealed class RevocationAcrossNodesTests(bool redisIsUp) : BackplaneFixture
{
    private static readonly TimeSpan ClosedMax = TimeSpan.FromSeconds(2);

    /// <summary>As many as the limit lets one user have beside the first.</summary>
    private const int ConnectionsOfOne = 7;

    private static int RoundsOfEach => IsNightly ? 250 : 13;

    [OneTimeSetUp]
    public async Task Take_Redis_away()
    {
        if (!redisIsUp)
        {
            await Redis.Stop();
            await NodesAreDegraded();
        }
    }

    [Test]
    public Task A_suspension() => Closes(ErrorCodes.Suspended, async trader => await Suspend(trader, node: 0));

    [Test]
    public Task A_sign_out() => Closes(ErrorCodes.SignedOut, async trader =>
    {
        using var http = Market.Http(trader.Name, node: 0);
        (await http.PostAsync("/api/p2p/sign-out", null)).IsSuccessStatusCode.ShouldBeTrue();
    });

    /// <summary>Roles are the issuer's: whoever changes them writes the row, and no node asks the others to look.</summary>
    [Test]
    public Task A_change_of_roles() => Closes(ErrorCodes.RoleChanged, trader =>
        Sql($"insert into revocations (sub, not_before, reason) values ('{trader.Name}', clock_timestamp(), 'role_changed')"));

    [Test]
    public async Task The_end_of_a_token()
    {
        var trader = await Buyer(node: 1);
        var late = await Task.WhenAll(Enumerable.Range(0, ConnectionsOfOne).Select(async _ =>
        {
            var ends = DateTimeOffset.UtcNow.AddSeconds(7);
            await using var raw = await Connect(Market.Token(trader.Name, ends - DateTimeOffset.UtcNow));
            await raw.Hears("ConnectionClosing", within: TimeSpan.FromSeconds(12));
            raw.Arguments("ConnectionClosing")[0][0].GetString().ShouldBe(ErrorCodes.TokenExpired);
            await raw.Closed;
            return (DateTimeOffset.UtcNow - ends).TotalMilliseconds;
        }));
        Say("the end of a token", late);
        late.Max().ShouldBeLessThan(ClosedMax.TotalMilliseconds);
    }

    private async Task Closes(string code, Func<Trader, Task> revoke)
    {
        var took = new List<double>();
        foreach (var some in Enumerable.Range(0, RoundsOfEach).Chunk(13))
        {
            var traders = new List<(Trader Trader, RawClient Raw)>();
            foreach (var _ in some)
            {
                var trader = await Buyer(node: 1);
                traders.Add((trader, await Connect(Market.Token(trader.Name))));
            }

            took.AddRange(await Task.WhenAll(traders.Select(async one =>
            {
                var since = Stopwatch.GetTimestamp();
                await revoke(one.Trader);
                await Eventually(() => one.Raw.Arguments("ConnectionClosing").Count > 0, ClosedMax);
                var after = Stopwatch.GetElapsedTime(since);
                one.Raw.Arguments("ConnectionClosing")[0][0].GetString().ShouldBe(code);
                await one.Raw.Closed;
                await one.Raw.DisposeAsync();
                await one.Trader.Client.DisposeAsync();
                return after.TotalMilliseconds;
            })));
        }

        Say(code, took);
        took.Count.ShouldBe(RoundsOfEach);
        Bus(1).State.ShouldBe(redisIsUp ? BackplaneState.Up : BackplaneState.Degraded);
    }

    private async Task<RawClient> Connect(string token)
    {
        var address = new UriBuilder(Market.AddressOf(1)) { Scheme = "ws", Path = TradeHub.Path }.Uri;
        var raw = await RawClient.Connect(address, $"Bearer {token}");
        await raw.Hears("Connected");
        return raw;
    }

    private void Say(string what, IReadOnlyCollection<double> took) =>
        ReliabilityReport.Tell(
            $"T16 {what}, Redis {(redisIsUp ? "up" : "down")}",
            $"{took.Count} connections on another node closed, p50 {Quantile(took, 0.5):0} ms, most {took.Max():0} ms "
            + "(since it was asked for; of tokens since their end)");
}
