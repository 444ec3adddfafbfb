using Npgsql;
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

    private readonly Dictionary<OrderKind, IOrderKind> _kinds = kinds.ToDictionary(kind => kind.Kind);
    private NpgsqlConnection? _leader;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Periodic.Run(Pause, Round, log, stoppingToken);
        await GiveUp();
    }

    private async Task Round(CancellationToken cancellation)
    {
        try
        {
            if (await Leads(cancellation) is not { } connection)
            {
                return;
            }

            var tx = new Tx(connection, null, cancellation);
            while (await ProposeDue(tx, cancellation) == RowsMax)
            {
                // More is due than one round reads: go on at once.
            }
        }
        catch (Exception e) when (Database.IsUnavailable(e))
        {
            await GiveUp();
            throw;
        }
    }

    private async Task<int> ProposeDue(Tx tx, CancellationToken cancellation)
    {
        var due = (await TimerSql.Due(tx, RowsMax)).ToList();
        await Task.WhenAll(due.Select(order => Propose(order, cancellation)));
        return due.Count;
    }

    private async Task Propose(DueOrder order, CancellationToken cancellation)
    {
        if (!_kinds.TryGetValue(order.Kind, out var kind) || kind.DueAction(order.Status) is not { } action)
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

    private async Task<NpgsqlConnection?> Leads(CancellationToken cancellation)
    {
        var connection = _leader;
        if (connection is not null)
        {
            return connection;
        }

        connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(
            Database.ConnectionString(database.Options, 1).ConnectionString)
        { Pooling = false, ApplicationName = "p2p-timers" }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            if (await TimerSql.TryLead(new Tx(connection, null, cancellation)))
            {
                LogLeads();
                return _leader = connection;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    private async Task GiveUp()
    {
        if (_leader is { } connection)
        {
            _leader = null;
            await connection.DisposeAsync();
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
}
