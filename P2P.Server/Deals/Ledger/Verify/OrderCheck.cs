using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>Every order's chain of changes, the order's row as its last change left it, and no deadline that its timer forgot.</summary>
internal sealed class OrderCheck(Findings findings)
{
    private OrderHistoryRow? _order;
    private int _version;
    private string? _status;
    private byte[] _head = LedgerHash.Zero;
    private readonly List<Violation> _found = [];
    private bool _isFaulty;

    private bool IsFull => _found.Count >= findings.Scope.Most;

    public static async Task Run(Tx tx, Findings findings, TimeSpan? timerGrace)
    {
        findings.Begin("orders and their history");
        var check = new OrderCheck(findings);
        await foreach (var row in VerifySql.OrderHistory(tx, findings.Scope))
        {
            findings.Row();
            check.Take(row);
        }

        check.EndOrder();
        findings.AddAll(check._found);
        findings.AddAll((await VerifySql.WrongDisputes(tx, findings.Scope)).Select(disputed => new Violation(
            "I8", $"Order {disputed} is disputed and its dispute is not open, or the other way round, or a step of it is missing.")));
        findings.Add(timerGrace is { } grace && await VerifySql.ForgottenDeadline(tx, grace) is { } forgotten
            ? new("I10", $"Order {forgotten} is past its deadline and no timer has acted.")
            : null);
    }

    private void Take(OrderHistoryRow row)
    {
        if (_order?.OrderId != row.OrderId)
        {
            EndOrder();
            findings.Counts.Orders += row.OrderStatus is null ? 0 : 1;
            (_order, _version, _status, _head, _isFaulty) = (row, 0, null, LedgerHash.Zero, false);
        }

        if (row is { Version: { } version, Hash: { } hash })
        {
            findings.Counts.HistoryRows++;
            Found(_isFaulty || IsFull ? null : Judge(row, version));
            (_version, _status, _head) = (version, row.ToStatus, hash);
        }
    }

    private void Found(Violation? violation)
    {
        if (violation is not null)
        {
            _found.Add(violation);
            _isFaulty = true;
        }
    }

    private Violation? Judge(OrderHistoryRow row, int version)
    {
        var name = $"Row {version} of order {row.OrderId}'s history";
        return version != _version + 1
            ? new("I8", $"Row {_version + 1} of order {row.OrderId}'s history is missing: {version} follows {_version}.")
            : !IsSound(row, version) ? new("I9", $"{name} was changed: it does not hash to what it says.")
            : row.FromStatus != _status ? new("I8", $"{name} does not begin where the row before it ended.")
            : row.OrderStatus is not null && row.ActorId != row.IdOfActor
                ? new("I8", $"{name} names user {row.ActorId}, who is not the order's {row.By}.")
            : null;
    }

    private bool IsSound(OrderHistoryRow row, int version)
    {
        OrderStatus? from = null;
        if (row.FromStatus is not null)
        {
            if (!Enum.TryParse<OrderStatus>(row.FromStatus, out var known))
            {
                return false;
            }

            from = known;
        }

        return Enum.TryParse<OrderStatus>(row.ToStatus, out var to)
            && Enum.TryParse<OrderAction>(row.Action, out var action)
            && Enum.TryParse<Party>(row.By, out var by)
            && row is { ActorId: { } actor, At: { } at }
            && LedgerHash.History(_head, row.OrderId, version, from, to, action, by, actor, at).AsSpan().SequenceEqual(row.Hash);
    }

    private void EndOrder()
    {
        if (_order is not { } order || _isFaulty || IsFull)
        {
            return;
        }

        Found(order switch
        {
            { OrderStatus: null } => new("I8", $"Order {order.OrderId} is not there and has a history."),
            _ when order.OrderVersion != _version || order.OrderStatus != _status =>
                new(
                    "I8",
                    $"Order {order.OrderId} is {order.OrderStatus} in version {order.OrderVersion}, its history ends in {_status}, version {_version}."),
            _ when !_head.AsSpan().SequenceEqual(order.HistoryHead) =>
                new("I9", $"Order {order.OrderId} was changed: its head is not the hash of its last change."),
            _ => null,
        });
    }
}

/// <summary>An order with one row of its history; null where one of them is absent.</summary>
internal sealed record OrderHistoryRow
{
    public required Guid OrderId { get; init; }

    public string? OrderStatus { get; init; }

    public int? OrderVersion { get; init; }

    public byte[]? HistoryHead { get; init; }

    public int? Version { get; init; }

    public string? FromStatus { get; init; }

    public string? ToStatus { get; init; }

    public string? Action { get; init; }

    public string? By { get; init; }

    public long? ActorId { get; init; }

    /// <summary>Who the party of <see cref="By"/> is by the order's row.</summary>
    public long? IdOfActor { get; init; }

    public DateTimeOffset? At { get; init; }

    public byte[]? Hash { get; init; }
}
