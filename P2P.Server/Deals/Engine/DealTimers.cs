using System.Diagnostics;
using System.Diagnostics.Metrics;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Deals.Engine;

/// <summary>
/// Proposes what is due: one node at a time, chosen by a session lock on a connection of its own, reads ids of orders whose deadline is over and
/// proposes the kind's action; the engine decides under lock. A proposal's id is made of the order and its version, so that two nodes by accident
/// still act once.
/// </summary>
public sealed partial class DealTimers(Database database, OrderEngine engine, IEnumerable<IOrderKind> kinds, ILogger<DealTimers> log) : BackgroundService
{
    private const int RowsMax = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SuspendedPause = TimeSpan.FromSeconds(1);

    private static readonly Gauge<int> Leads = ServerMeter.Meter.CreateGauge<int>(
        "p2p.timers.leads", description: "1 on the node that runs the timers, 0 on the others.");

    private readonly Dictionary<OrderKind, IOrderKind> _kinds = kinds.ToDictionary(kind => kind.Kind);
    private readonly SessionLeader _leader = new(
        () =>
        {
            var builder = Database.ConnectionString(database.Options, 1, SessionLeader.KeepAlive);
            builder.ApplicationName = "p2p-timers";
            return builder;
        },
        TimerSql.TryLead,
        staysConnected: true);
    private long _suspendedLookedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Periodic.Run(Pause, Round, log, stoppingToken);
        await _leader.DisposeAsync();
    }

    private async Task Round(CancellationToken cancellation)
    {
        try
        {
            var led = _leader.Leads;
            var lead = await _leader.Try(cancellation);
            Leads.Record(lead is null ? 0 : 1);
            if (lead is not { } connection)
            {
                return;
            }

            if (!led)
            {
                LogLeads();
            }

            var tx = new Tx(connection, null, cancellation);
            await Propose(await TimerSql.Due(tx, RowsMax), DueAction, cancellation);
            await Task.WhenAll((await TimerSql.DueDisputes(tx, RowsMax)).Select(dispute => Propose(dispute, cancellation)));
            if (Stopwatch.GetElapsedTime(_suspendedLookedAt) > SuspendedPause)
            {
                _suspendedLookedAt = Stopwatch.GetTimestamp();
                await Propose(await TimerSql.ToDispute(tx, RowsMax), _ => OrderAction.Dispute, cancellation);
            }
        }
        catch (Exception e) when (Database.IsUnavailable(e))
        {
            await _leader.DisposeAsync();
            throw;
        }
    }

    private Task Propose(IEnumerable<DueOrder> orders, Func<DueOrder, OrderAction?> actionOf, CancellationToken cancellation) =>
        Task.WhenAll(orders.Select(order => Propose(order, actionOf(order), cancellation)));

    private async Task Propose(DueDispute dispute, CancellationToken cancellation)
    {
        try
        {
            await engine.Run(Proposals.TimeOver(dispute.OrderId, dispute.Id, dispute.Version), cancellation);
        }
        catch (Refused refused)
        {
            // As with orders: whatever is still due is read again.
            LogRefused(OrderAction.Dispute, dispute.OrderId, refused.Code);
        }
    }

    private OrderAction? DueAction(DueOrder order) => _kinds.GetValueOrDefault(order.Kind)?.DueAction(order);

    private async Task Propose(DueOrder order, OrderAction? proposed, CancellationToken cancellation)
    {
        if (proposed is not { } action)
        {
            return;
        }

        try
        {
            await engine.Run(Proposals.Move(order.Id, order.Version, action), cancellation);
        }
        catch (Refused refused)
        {
            // Somebody was faster, or the engine is busy: what is still due is read again in the next round.
            LogRefused(action, order.Id, refused.Code);
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "This node runs the timers")]
    private partial void LogLeads();

    [LoggerMessage(EventId = 3102, Level = LogLevel.Debug, Message = "Proposed {Action} for order {OrderId}: {Code}")]
    private partial void LogRefused(OrderAction action, Guid orderId, string code);
}

/// <summary>Commands of the server itself, with ids that are the same for the same proposal.</summary>
public static class Proposals
{
    public static MoveOrder Move(Guid orderId, int version, OrderAction action)
    {
        var id = Ids.Named($"propose|{action}|{orderId}|{version}");
        return new MoveOrder
        {
            UserId = Caller.System.UserId,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            OrderId = orderId,
            Action = action,
            ExpectedVersion = version,
        };
    }

    public static MoveDispute TimeOver(Guid orderId, Guid disputeId, int version)
    {
        var id = Ids.Named($"propose|{DisputeAction.TimeOver}|{disputeId}|{version}");
        return new MoveDispute
        {
            UserId = Caller.System.UserId,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            OrderId = orderId,
            Action = DisputeAction.TimeOver,
            By = Party.System,
            ExpectedVersion = version,
        };
    }
}
