using System.Reflection;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Tests.Access;
using P2P.Tests.Encryption;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>T8 and T18 on the trade hub: every changing call, broken off at every one of its statements, and made twice at once.</summary>
[Category("Reliability")]
[TestFixtureSource(nameof(Calls))]
public sealed class CrashPointTests(string call) : AccessFixture
{
    /// <summary>In every run; at night each call of the contract.</summary>
    private static readonly string[] InEveryRun = [nameof(ITradeHub.ReleaseCrypto), nameof(ITradeHub.UpdateAd)];

    private readonly StatementProxy _proxy = new();
    private TestDatabase _database = null!; // Set before the first test.
    private CrashPoints _points = null!; // As above.

    protected override TestDatabase Database => _database;

    protected override async Task<Dictionary<string, string?>?> Prepare()
    {
        _database = await TestDatabase.Create();
        return new Dictionary<string, string?>(Settings ?? []) { ["Db:App"] = _proxy.Through(_database.App) };
    }

    [OneTimeSetUp]
    public Task Know_what_the_server_does_of_its_own_accord()
    {
        _points = new CrashPoints(call, new CrashPlace
        {
            Proxy = _proxy,
            Database = _database,
            Ready = Ready,
            Connect = name => Raw(name),
            NotificationsAreMade = NotificationsAreMade,
        });
        return _points.Begin();
    }

    [OneTimeTearDown]
    public ValueTask End_the_proxy() => _proxy.DisposeAsync();

    [Test]
    public Task What_breaks_off_happens_once_or_not_at_all() => _points.BreakOff();

    [Test]
    public Task Two_at_once_end_as_one_after_the_other() => _points.TwoAtOnce();

    private static string[] Calls() => Tier.Pick(InEveryRun, [.. Methods().Select(method => method.Name)]);

    /// <summary>A world of its own in the state in which the call succeeds, where that takes one step more.</summary>
    private async Task<CrashStart> Ready()
    {
        var world = await MakeWorld();
        switch (call)
        {
            case nameof(ITradeHub.AcceptCancel) or nameof(ITradeHub.DeclineCancel):
                await world.Seller.Client.Orders.RequestCancelAsync(world.Confirmed, cancellationToken: Bounded);
                break;
            case nameof(ITradeHub.ResumeAd):
                await world.Seller.Client.Ads.PauseAsync(world.Ad, cancellationToken: Bounded);
                break;
            case nameof(ITradeHub.UnblockUser):
                await world.Buyer.Client.Contacts.BlockAsync(Id(world.Seller), Bounded);
                break;
            case nameof(ITradeHub.UnfavouriteUser):
                await world.Buyer.Client.Contacts.FavouriteAsync(Id(world.Seller), Bounded);
                break;
            default:
                break;
        }

        await NotificationsAreMade();
        var (caller, request) = TradeRequests.Of(call, world);
        if (call == nameof(ITradeHub.RegisterDevice))
        {
            // A device belongs to one person for good.
            request["statement"] = SealedThings.NewDevice(Id(caller));
        }

        return new CrashStart(
            caller.Name, new JsonArray(request).ToJsonString(), Guid.Parse(request["requestId"]!.GetValue<string>())); // A changing call has one.
    }

    private static IEnumerable<MethodInfo> Methods() => new[] { typeof(ITradeHub) }.Concat(typeof(ITradeHub).GetInterfaces())
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters() is [{ ParameterType: { } type }] && type.IsAssignableTo(typeof(IChange)))
        .OrderBy(method => method.Name, StringComparer.Ordinal);
}
