using System.Collections.Frozen;
using System.Text.Json;
using P2P.Contracts;
using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>
/// Every stream is dense and readable; what its events tell of orders and balances is what the history and the ledger say, and every
/// change of an order was told to both parties.
/// </summary>
internal sealed class EventCheck(Findings findings)
{
    /// <summary>The client methods that tell durable events, with what they take.</summary>
    private static readonly FrozenDictionary<string, Type[]> Bodies = typeof(EventHead).Assembly.GetTypes()
        .Where(type => type.IsInterface)
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters() is [{ } head, _, ..] && head.ParameterType == typeof(EventHead))
        .GroupBy(method => method.Name, method => method.GetParameters()[1].ParameterType)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray());

    private StreamEventRow? _stream;
    private long _seq;
    private Violation? _first;

    public static async Task Run(Tx tx, Findings findings)
    {
        findings.Begin("streams and events");
        var check = new EventCheck(findings);
        await foreach (var row in VerifyEventSql.StreamEvents(tx))
        {
            findings.Row();
            check.Take(row);
        }

        check.EndStream();
        findings.Add(check._first);
        if (check._first is null)
        {
            // These read the bodies in SQL, which needs them to be JSON.
            await CompareWithOrders(tx, findings);
            findings.Add(await VerifyEventSql.WrongBalanceEvent(tx) is { } balance
                ? new("I8", $"{balance} was changed: the ledger has no such movement.")
                : null);
        }
    }

    /// <summary>Events of the scope's time: readable, and true of their orders. How dense the streams are is another question.</summary>
    public static async Task RunSince(Tx tx, Findings findings)
    {
        var unreadable = new List<Violation>();
        await foreach (var row in VerifyEventSql.EventsSince(tx, findings.Scope))
        {
            findings.Row();
            findings.Counts.Events++;
            if (unreadable.Count < findings.Scope.Most && !CanBeRead(row))
            {
                unreadable.Add(Unreadable(row));
            }
        }

        findings.AddAll(unreadable);
        if (unreadable.Count == 0)
        {
            await CompareWithOrders(tx, findings);
        }
    }

    private static async Task CompareWithOrders(Tx tx, Findings findings)
    {
        var scope = findings.Scope;
        findings.AddAll((await VerifyEventSql.WrongOrderEvents(tx, scope)).Select(wrong =>
            new Violation("I8", $"{wrong} was changed: it does not tell what the order's history says.")));
        findings.AddAll((await VerifyEventSql.DifferingOrderEvents(tx, scope)).Select(twins =>
            new Violation("I8", $"{twins} tell one change of an order and are not the same.")));
        findings.AddAll((await VerifyEventSql.UntoldChanges(tx, scope)).Select(untold =>
            new Violation("I8", $"Version {untold.Version} of order {untold.OrderId} was not told to user {untold.UserId}.")));
    }

    private void Take(StreamEventRow row)
    {
        if (_stream?.UserId != row.UserId || _stream.Audience != row.Audience)
        {
            EndStream();
            findings.Counts.Streams += row.LastSeq is null ? 0 : 1;
            (_stream, _seq) = (row, (row.FirstSeq ?? 1) - 1);
        }

        if (row.Seq is { } seq)
        {
            findings.Counts.Events++;
            _first ??= row.LastSeq is null ? new("I7", $"{row} belongs to a stream that is not there.")
                : seq != _seq + 1 ? new("I7", $"{row with { Seq = _seq + 1 }} is missing: {seq} follows {_seq}.")
                : !CanBeRead(row) ? Unreadable(row)
                : null;
            _seq = seq;
        }
    }

    private void EndStream()
    {
        if (_stream is { LastSeq: { } last } && last != _seq)
        {
            _first ??= new("I7", $"{_stream with { Seq = last }} should be the last of its stream; {_seq} is.");
        }
    }

    private static Violation Unreadable(StreamEventRow row) => new("I8", $"{row} was changed: it is no {row.Type} that could be read.");

    private static bool CanBeRead(StreamEventRow row)
    {
        if (row is not { Type: { } type, Body: { } body } || !Bodies.TryGetValue(type, out var types))
        {
            return false;
        }

        return types.Any(expected =>
        {
            try
            {
                return JsonSerializer.Deserialize(body, expected, WireJson.Server) is not null;
            }
            catch (JsonException)
            {
                // That it cannot be read is the answer.
                return false;
            }
        });
    }
}

/// <summary>A stream with one of its events; null where one of them is absent.</summary>
internal sealed record StreamEventRow
{
    public required long UserId { get; init; }

    public required string Audience { get; init; }

    public long? FirstSeq { get; init; }

    public long? LastSeq { get; init; }

    public long? Seq { get; init; }

    public string? Type { get; init; }

    public string? Body { get; init; }

    public override string ToString() => $"Event {Seq} of user {UserId}'s {Audience} stream";
}

/// <summary>A change that a party was not told of.</summary>
internal sealed record UntoldChange
{
    public required Guid OrderId { get; init; }

    public required int Version { get; init; }

    public required long UserId { get; init; }
}
