using System.Reflection;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Tests.Access;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>T8 and T18 on the dealer hub's own calls: each broken off at every one of its statements, and made twice at once.</summary>
[Category("Reliability")]
[TestFixtureSource(nameof(Calls))]
public sealed class DealerCrashPointTests(string call) : DealerWorldFixture
{
    /// <summary>In every run; at night each call of the module.</summary>
    private static readonly string[] InEveryRun = [nameof(IDealerHub.ConfirmGoodsReceipt)];

    private static readonly Type[] Own =
        [typeof(IPeerCalls), typeof(IInvitationCalls), typeof(IPeerConnectionCalls), typeof(IItemCalls), typeof(IGoodsOrderCalls)];

    private readonly StatementProxy _proxy = new();
    private TestDatabase _database = null!; // Set before the first test.
    private CrashPoints _points = null!; // As above.

    protected override TestDatabase Database => _database;

    protected override async Task<Dictionary<string, string?>?> Prepare()
    {
        _database = await TestDatabase.Create();
        return new Dictionary<string, string?> { ["Db:App"] = _proxy.Through(_database.App) };
    }

    [OneTimeSetUp]
    public Task Know_what_the_server_does_of_its_own_accord()
    {
        _points = new CrashPoints(call, new CrashPlace
        {
            Proxy = _proxy,
            Database = _database,
            Ready = Ready,
            Connect = name => RawDealer($"Bearer {Market.Token(name)}"),
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

    /// <summary>A world of its own in the state in which the call succeeds.</summary>
    private async Task<CrashStart> Ready()
    {
        var world = await MakeWorld();
        var (owner, connected) = (world.Owner, world.Connected);
        var caller = owner;
        // The ledger has something in it, so that its verification verifies something.
        await Fund(connected, 1);
        switch (call)
        {
            case nameof(IDealerHub.CreateGoodsOrder) or nameof(IDealerHub.CancelGoodsOrder) or nameof(IDealerHub.SetAccess)
                or nameof(IDealerHub.BlockPeer) or nameof(IDealerHub.RevokeConnection):
                caller = connected;
                break;
            case nameof(IDealerHub.UnblockPeer):
                caller = connected;
                await connected.Client.Connections.BlockAsync(owner.PeerId, Bounded);
                break;
            case nameof(IDealerHub.AcceptInvitation) or nameof(IDealerHub.RequestInvitation):
                caller = world.Peer;
                break;
            case nameof(IDealerHub.JoinNetwork):
                caller = world.Stranger;
                break;
            case nameof(IDealerHub.UnshareItem):
                await owner.Client.Items.ShareAsync(world.Item, connected.PeerId, AccessLevel.View, Bounded);
                break;
            case nameof(IDealerHub.PayGoodsOrder):
                caller = connected;
                await Step(world, upTo: 1);
                break;
            case nameof(IDealerHub.FulfilGoodsOrder) or nameof(IDealerHub.FulfilGoodsOrderPart) or nameof(IDealerHub.GiveGoodsRefund)
                or nameof(IDealerHub.RequestGoodsCancel):
                await Step(world, upTo: 2);
                break;
            case nameof(IDealerHub.ConfirmGoodsReceipt):
                caller = connected;
                await Step(world, upTo: 3);
                break;
            case nameof(IDealerHub.AcceptGoodsCancel) or nameof(IDealerHub.DeclineGoodsCancel):
                await Step(world, upTo: 2);
                await connected.Client.Orders.RequestCancelAsync(world.Order, cancellationToken: Bounded);
                break;
            default:
                break;
        }

        await NotificationsAreMade();
        var request = DealerRequests.Of(call, world) ?? throw new InvalidOperationException("A changing call has a request.");
        return new CrashStart(caller.Name, new JsonArray(request).ToJsonString(), Guid.Parse(request["requestId"]!.GetValue<string>())); // As above.
    }

    /// <summary>Brings the world's order on: accepted, paid, fulfilled.</summary>
    private async Task Step(DealerWorld world, int upTo)
    {
        await world.Owner.Client.Orders.AcceptAsync(world.Order, cancellationToken: Bounded);
        if (upTo > 1)
        {
            await Fund(world.Connected, 100);
            await world.Connected.Client.Orders.PayAsync(world.Order, cancellationToken: Bounded);
        }

        if (upTo > 2)
        {
            await world.Owner.Client.Orders.FulfilAsync(world.Order, cancellationToken: Bounded);
        }
    }

    private static IEnumerable<MethodInfo> Methods() => Own.SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters() is [{ ParameterType: { } type }] && type.IsAssignableTo(typeof(IChange)))
        .OrderBy(method => method.Name, StringComparer.Ordinal);
}
