using System.Text.Json;
using Npgsql;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Chat;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Ledger;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Engine;

/// <summary>One transaction for many commands: one round trip locks and reads, the rules decide in memory, one round trip writes and commits.</summary>
public sealed partial class Batch(
    IReadOnlyList<EngineCommand> commands, IReadOnlyDictionary<OrderKind, IOrderKind> kinds, DisputeSettings disputeSettings, short feeSlot)
{
    private static readonly TimeSpan RequestIdAgeMax = TimeSpan.FromHours(24);
    private static readonly TimeSpan RequestIdAheadMax = TimeSpan.FromMinutes(10);

    private readonly WorkingSet _set = new();
    private readonly Dictionary<OrderKind, IKindBatch> _kindBatches = kinds.ToDictionary(kind => kind.Key, kind => kind.Value.Begin());
    private readonly Dictionary<(long, Guid), StoredReply> _stored = [];
    private readonly List<(EngineCommand Command, StoredReply Reply)> _toStore = [];
    private readonly List<PendingEvent> _events = [];
    private readonly List<NewMessage> _messages = [];
    private readonly Dictionary<Guid, WithdrawalRow> _withdrawals = [];
    private readonly HashSet<Guid> _changedWithdrawals = [];
    private readonly Dictionary<string, DepositRow> _deposits = [];
    private readonly List<DepositRow> _newDeposits = [];
    private readonly Dictionary<string, Reason> _paused = [];
    private readonly HashSet<Guid> _orderedOffers = [];

    /// <summary>What the commands are decided on; <see cref="Load"/> fills it.</summary>
    public WorkingSet Set => _set;

    /// <summary>The answers, in the order of the commands; an exception where a command broke the rules' own code.</summary>
    public object[] Answers { get; } = new object[commands.Count];

    /// <summary>What was recorded, with its numbers; after <see cref="Save"/>.</summary>
    public IReadOnlyList<AppendedEvent> Appended { get; private set; } = [];

    /// <summary>Offers that changed.</summary>
    public IReadOnlyList<Guid> ChangedOffers { get; private set; } = [];

    /// <summary>First round trip: locks and reads all that the commands touch, in the global lock order.</summary>
    /// <param name="connection">The writer's own.</param>
    /// <param name="plansAreOld">Whether the connection's plans are to be made anew.</param>
    public async Task Load(NpgsqlConnection connection, bool plansAreOld = false)
    {
        var keys = new BatchKeys();
        List<long> users = [];
        List<Guid> accounts = [];
        List<Guid> withdrawals = [];
        List<string> deposits = [];
        foreach (var command in commands)
        {
            keys.Add(command);
            Collect(command, users, accounts, withdrawals, deposits);
        }

        var script = new Script(connection);
        if (plansAreOld)
        {
            script.Add(EngineSql.DiscardPlans);
        }

        script.Add(EngineSql.Begin);
        if (keys.Orders.Count > 0 || keys.PlaceOffers.Count > 0 || commands.Any(command => command is RequestWithdrawal))
        {
            EngineSql.LoadSwitches(script, (name, reason, at) => _paused.Add(name, Paused(name, reason, at)));
        }

        if (keys.Orders.Count > 0)
        {
            EngineSql.LoadOrders(script, keys.Orders, _set.Take);
        }

        List<Guid> offers = [.. keys.PlaceOffers, .. keys.TotalOffers];
        if (offers.Count > 0 || keys.Refunding.Count > 0)
        {
            EngineSql.LoadOffers(script, offers, keys.Refunding, _set.Take);
        }

        users.AddRange(keys.PlaceTakers);
        if (users.Count > 0 || keys.Orders.Count > 0)
        {
            EngineSql.LoadStandings(script, users, keys.PlaceOffers, keys.Orders, _set.Take);
        }

        LoadDisputes(script, keys);
        foreach (var kind in _kindBatches)
        {
            kind.Value.Load(script, keys.Of(kind.Key, commands));
        }

        if (withdrawals.Count > 0)
        {
            EngineSql.LoadWithdrawals(script, withdrawals, row => _withdrawals.Add(row.Id, row));
        }

        if (deposits.Count > 0)
        {
            EngineSql.LoadDeposits(script, deposits, row => _deposits.Add(row.ExternalRef, row));
        }

        accounts.AddRange(keys.Releasing);
        accounts.AddRange(keys.Refunding);
        if (accounts.Count > 0 || keys.PlaceOffers.Count > 0 || keys.Paying.Count > 0)
        {
            EngineSql.LoadAccounts(script, accounts, keys, feeSlot, _set.Ledger.Take);
        }

        EngineSql.LoadRequests(
            script,
            [.. commands.Select(command => (command.UserId, command.RequestId)).Distinct()],
            (user, request, reply) => _stored.Add((user, request), reply),
            now => _set.Now = now);
        await script.Run();
    }

    /// <summary>Decides every command, one after the other, on the working set. A fault of one command's rules is that command's alone.</summary>
    public void Decide()
    {
        for (var i = 0; i < commands.Count; i++)
        {
            Decide(i);
        }
    }

    /// <summary>Decides one command on what those before it left.</summary>
    public void Decide(int index) => Answers[index] = Answer(commands[index]);

    /// <summary>Second round trip: writes the final state set-wise and commits.</summary>
    public async Task Save(NpgsqlConnection connection)
    {
        var script = new Script(connection);
        var at = _set.Now;
        TellOffers();
        EngineSql.InsertOrders(script, [.. _set.NewOrders]);
        EngineSql.UpdateOrders(script, [.. _set.ChangedOrders]);
        foreach (var kind in _kindBatches.Values)
        {
            kind.Save(script);
        }

        SaveDisputes(script);
        EngineSql.UpdateOffers(script, _set.ChangedOffers, at);
        EngineSql.UpdateStandings(script, [.. _set.ChangedStandings]);
        EngineSql.SaveWithdrawals(script, [.. _changedWithdrawals.Select(id => _withdrawals[id])], at);
        EngineSql.InsertDeposits(script, _newDeposits, at);
        _set.Ledger.Save(script, at);
        EngineSql.AppendHistory(script, _set.History, at);
        EngineSql.InsertRequests(script, _toStore, at);
        // Rooms after requests, as who writes a message does: locked the other way round the two could wait for each other.
        ChatSql.Append(script, _messages, at);
        List<(long, string, long, Guid)> places = [];
        if (_events.Count > 0)
        {
            script.Read(
                EventSql.AppendText,
                row => places.Add((row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetGuid(3))),
                [.. EventSql.AppendParameters(_events, at)]);
        }

        script.Add(EngineSql.Commit);
        await script.Run();
        Appended = EventSql.Placed(_events, places, at);
        ChangedOffers = [.. _set.ChangedOffers.Select(offer => offer.Id)];
    }

    private static void Collect(EngineCommand command, List<long> users, List<Guid> accounts, List<Guid> withdrawals, List<string> deposits)
    {
        switch (command)
        {
            case SetSuspended suspend:
                users.Add(suspend.SubjectId);
                break;
            case Deposit deposit:
                deposits.Add(deposit.ExternalReference);
                accounts.Add(AccountIds.Available(deposit.SubjectId, deposit.Asset));
                accounts.Add(AccountIds.External(deposit.Asset));
                break;
            case RequestWithdrawal withdrawal:
                users.Add(withdrawal.UserId);
                accounts.Add(AccountIds.Available(withdrawal.UserId, withdrawal.Asset));
                break;
            case EndWithdrawal end:
                withdrawals.Add(end.WithdrawalId);
                accounts.Add(end.WithdrawalId);
                accounts.Add(AccountIds.External(end.Asset));
                accounts.Add(AccountIds.Available(end.SubjectId, end.Asset));
                break;
            default:
                break; // What the keys of the batch say.
        }
    }

    private object Answer(EngineCommand command)
    {
        try
        {
            if (_stored.TryGetValue((command.UserId, command.RequestId), out var stored))
            {
                return Repeat(command, stored);
            }

            RefuseOldOrFutureId(command);
            var reply = JsonSerializer.Serialize(Perform(command), WireJson.Server);
            Store(command, null, reply);
            return new EngineAnswer(null, reply);
        }
        catch (Refused refused)
        {
            if (RefusalKinds.IsDecided(refused.Code) && command.UserId != Caller.System.UserId)
            {
                Store(command, refused.Code, JsonSerializer.Serialize(refused.Reason, WireJson.Server));
            }

            return new EngineAnswer(refused.Reason, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e;
        }
    }

    private static EngineAnswer Repeat(EngineCommand command, StoredReply stored)
    {
        if (!stored.BodyHash.AsSpan().SequenceEqual(command.BodyHash))
        {
            return new EngineAnswer(
                Refused.Because(ErrorCodes.RequestIdReused, "This request id was used before with another body. Make a new id for a new wish."), null);
        }

        return stored.Code is null
            ? new EngineAnswer(null, stored.Reply)
            : new EngineAnswer(JsonSerializer.Deserialize<Reason>(stored.Reply ?? "null", WireJson.Server), null);
    }

    private void RefuseOldOrFutureId(EngineCommand command)
    {
        if (command.UserId == Caller.System.UserId)
        {
            return;
        }

        if (Ids.TimeOf(command.RequestId) is not { } made)
        {
            throw new Refused(ErrorCodes.BadInput, "A request id is a UUID of version 7.", ("path", "requestId"));
        }

        if (made < _set.Now - RequestIdAgeMax || made > _set.Now + RequestIdAheadMax)
        {
            throw new Refused(
                ErrorCodes.RequestIdExpired, "The request id's time lies more than 24 hours back or 10 minutes ahead. Check the clock; make a new id.");
        }
    }

    private void Store(EngineCommand command, string? code, string reply)
    {
        var stored = new StoredReply { BodyHash = command.BodyHash, Code = code, Reply = reply };
        _stored.Add((command.UserId, command.RequestId), stored);
        _toStore.Add((command, stored));
    }

    private object Perform(EngineCommand command) => command switch
    {
        PlaceOrder place => Place(place),
        MoveOrder move => Move(move),
        MoveDispute dispute => Move(dispute),
        ChangeOfferTotal change => ChangeTotal(change),
        SetSuspended suspend => Suspend(suspend),
        Deposit deposit => Credit(deposit),
        RequestWithdrawal withdrawal => Withdraw(withdrawal),
        EndWithdrawal end => End(end),
        _ => throw new InvalidOperationException($"The engine does not know {command.GetType().Name}."),
    };
}
