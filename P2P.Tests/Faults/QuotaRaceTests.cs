using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Tests.Dealers;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T18: what a user may have only so many of. Two who count at once would each find room for one more (write skew); the first has counted and written and
/// not yet committed when the others come. (S40)
/// </summary>
public sealed class QuotaRaceTests : DealerFixture
{
    private const int AtOnce = 6;

    /// <summary>Less than the server's patience with a lock.</summary>
    private static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(250);

    private readonly StatementProxy _proxy = new();
    private TestDatabase _database = null!; // Set before the first test.

    protected override TestDatabase Database => _database;

    protected override async Task<Dictionary<string, string?>?> Prepare()
    {
        _database = await TestDatabase.Create();
        return new Dictionary<string, string?>(HookSettings.All) { ["Db:App"] = _proxy.Through(_database.App) };
    }

    [OneTimeTearDown]
    public ValueTask End_the_proxy() => _proxy.DisposeAsync();

    [TestCase("ads")]
    [TestCase("payment accounts")]
    [TestCase("webhooks")]
    [TestCase("browsers")]
    [TestCase("invitations")]
    public async Task The_last_place_is_taken_once(string what)
    {
        // One person finds out how many there may be, the next one fills all places but one.
        var most = 0;
        var first = await Adding(what);
        while (await IsTaken(first))
        {
            most++;
        }

        most.ShouldBeGreaterThan(1);
        var add = await Adding(what);
        for (var i = 0; i < most - 1; i++)
        {
            (await IsTaken(add)).ShouldBeTrue();
        }

        await NotificationsAreMade();
        var hold = _proxy.HoldCommit();
        var one = IsTaken(add);
        await hold.Held.WaitAsync(Bounded);
        var others = Enumerable.Range(0, AtOnce).Select(_ => IsTaken(add)).ToArray();
        await Task.WhenAny(Task.WhenAll(others), Task.Delay(HoldTime));
        hold.LetGo();
        var taken = (await Task.WhenAll([one, .. others])).Count(isTaken => isTaken);
        TestContext.Out.WriteLine($"{what}: {most} at most; {AtOnce + 1} at once for the last place, {taken} had it");
        taken.ShouldBe(1);
    }

    /// <summary>Somebody who adds one more, each unlike those before.</summary>
    private async Task<Func<Task>> Adding(string what)
    {
        var number = 0;
        if (what == "invitations")
        {
            var peer = await Peer();
            return () => peer.Client.Invitations.CreateAsync(P2P.Contracts.Dealers.AccessLevel.View, cancellationToken: Bounded);
        }

        var trader = await Seller();
        var client = trader.Client;
        return what switch
        {
            "ads" => () => TestMarket.Ad(trader, total: 0.01m),
            "payment accounts" => () => client.Profiles.SavePaymentAccountAsync(
                TestMarket.MpesaKenya,
                new Dictionary<string, string> { ["holder"] = trader.Name, ["phone"] = $"+2547{10_000_000 + Interlocked.Increment(ref number)}" },
                cancellationToken: Bounded),
            "webhooks" => () => client.Webhooks.CreateAsync(new Uri(HookSettings.NowhereUrl), cancellationToken: Bounded),
            "browsers" => () => client.WebPush.RegisterAsync(
                new Uri($"{HookSettings.NowhereUrl}/{Guid.NewGuid()}"), HookSettings.P256dh, HookSettings.Auth, Bounded),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Say here how one is added."),
        };
    }

    private static async Task<bool> IsTaken(Func<Task> add)
    {
        try
        {
            await add();
            return true;
        }
        catch (P2PException e) when (e.Code == ErrorCodes.QuotaExceeded)
        {
            return false;
        }
    }
}
