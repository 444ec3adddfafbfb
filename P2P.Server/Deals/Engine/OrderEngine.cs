using System.Diagnostics;
using System.Diagnostics.Metrics;
using Npgsql;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Disputes;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Deals.Engine;

/// <summary>
/// The only writer of orders, of what remains of offers, of standings and of money. Callers wait while a writer takes all waiting commands and runs one
/// transaction for them; with nobody else waiting a batch is one command and adds no delay.
/// </summary>
public sealed partial class OrderEngine : IAsyncDisposable
{
    private const int TriesMax = 3;
    private const int BusyRetryMs = 100;
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan OneByOneMax = TimeSpan.FromSeconds(1);

    private readonly DatabaseOptions _database;
    private readonly EngineSettings _settings;
    private readonly DisputeSettings _disputes;
    private readonly IReadOnlyDictionary<OrderKind, IOrderKind> _kinds;
    private readonly ILogger<OrderEngine> _log;
    private readonly CommandQueue _queue;
    private readonly Stack<EngineConnection> _idle = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EngineMeters _meters;
    private bool _stopping;

    public OrderEngine(
        DatabaseOptions database, EngineSettings settings, IEnumerable<IOrderKind> kinds, DisputeSettings disputes, IMeterFactory meters, ILogger<OrderEngine> log)
    {
        DapperSetup.Apply();
        (_database, _settings, _disputes, _log) = (database, settings, disputes, log);
        _kinds = kinds.ToDictionary(kind => kind.Kind);
        _queue = new CommandQueue(settings.BatchMax, settings.QueueMax);
        _meters = new EngineMeters(meters, () => QueueLength);
        for (var i = 0; i < settings.Writers; i++)
        {
            _idle.Push(new EngineConnection(database, settings));
        }
    }

    /// <summary>Raised by a writer after a commit, with events as recorded: handlers must not wait.</summary>
    public event Action<IReadOnlyList<AppendedEvent>>? Recorded;

    /// <summary>Raised by a writer after a commit, with the ids of offers that changed: handlers must not wait.</summary>
    public event Action<IReadOnlyList<Guid>>? OffersChanged;

    /// <summary>Commands that wait.</summary>
    public int QueueLength
    {
        get
        {
            lock (_queue)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Runs a command and gives its answer once it is committed; throws <see cref="Refused"/>.</summary>
    /// <returns>The reply as JSON: the one of the first time, when the command was sent before.</returns>
    public async Task<string> Run(EngineCommand command, CancellationToken cancellation)
    {
        try
        {
            var reply = await Answer(command, cancellation);
            _meters.Answered(command, null);
            return reply;
        }
        catch (Exception e)
        {
            _meters.Answered(command, e switch
            {
                Refused refused => refused.Code,
                OperationCanceledException => ErrorCodes.Timeout,
                _ => ErrorCodes.Internal,
            });
            throw;
        }
    }

    private async Task<string> Answer(EngineCommand command, CancellationToken cancellation)
    {
        var waiting = new WaitingCommand(command, cancellation);
        EngineConnection? idle;
        lock (_queue)
        {
            if (_stopping)
            {
                throw Refused.Transient(ErrorCodes.Draining, "The server is about to stop.", BusyRetryMs);
            }

            if (!_queue.TryAdd(waiting))
            {
                throw Refused.Transient(ErrorCodes.Busy, "Too many commands wait already.", BusyRetryMs);
            }

            _idle.TryPop(out idle);
        }

        if (idle is not null)
        {
            // The caller itself begins the batch: a lone command then waits for no other thread. What follows the first wait is nobody's.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Write(idle);
            }
        }

        // The command may be committed although its caller has given up: the outcome is then told by a repeat under the same id.
        var answer = await waiting.Task.WaitAsync(cancellation);
        if (waiting.Batch != default)
        {
            Activity.Current?.AddLink(new ActivityLink(waiting.Batch));
        }

        return answer.Refusal is { } reason ? throw new Refused(reason) : answer.Reply!; // A reply, where there is no refusal.
    }

    public async ValueTask DisposeAsync()
    {
        lock (_queue)
        {
            _stopping = true;
            if (_idle.Count == _settings.Writers)
            {
                _drained.TrySetResult();
            }
        }

        await Task.WhenAny(_drained.Task, Task.Delay(DrainMax));
        lock (_queue)
        {
            while (_idle.TryPop(out var connection))
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>One writer: batch after batch, until nobody waits.</summary>
    private async Task Write(EngineConnection connection)
    {
        while (Take(connection) is { } batch)
        {
            try
            {
                await Process(connection, batch);
            }
            catch (Exception e)
            {
                // Whatever it was: a writer that ended with it would leave everybody waiting. Who has an answer keeps it.
                connection.Drop();
                batch.ForEach(waiting => waiting.Fail(e));
            }
        }
    }

    /// <summary>Takes what a writer may take; null when there is nothing, and the connection is idle again.</summary>
    private List<WaitingCommand>? Take(EngineConnection connection)
    {
        List<WaitingCommand> batch;
        lock (_queue)
        {
            batch = _queue.Take(connection.Offers);
            if (batch.Count == 0)
            {
                // What still waits touches what other writers hold: they come back for it.
                _idle.Push(connection);
                if (_stopping && _idle.Count == _settings.Writers)
                {
                    _drained.TrySetResult();
                }

                return null;
            }
        }

        _meters.Taken(batch);
        return batch;
    }

    /// <remarks>
    /// A connection whose batch failed is dropped, not rolled back: of a batch that broke off, the driver no longer knows for sure which statements the
    /// server has prepared.
    /// </remarks>
    private async Task Process(EngineConnection connection, List<WaitingCommand> commands)
    {
        for (var tries = 1; commands.Count > 0; tries++)
        {
            try
            {
                commands = await RunOnce(connection, commands);
                tries = commands.Count > 0 ? tries : 0;
                continue;
            }
            catch (PostgresException e) when (CanRunAgain(e) && tries < TriesMax)
            {
                // Another node was faster or held a lock: the whole batch runs again and sees what that node stored.
                LogRetry(e.SqlState, e.ConstraintName, commands.Count);
                _meters.Again("retry", e.SqlState);
                connection.Drop();
                await Task.Delay(Random.Shared.Next(1, 10 * tries));
            }
            catch (Exception e) when (commands.Count > 1 && !Database.IsUnavailable(e) && e is not OutOfMemoryException)
            {
                // Something in the batch does not fit, or a row is held for long: one by one only those commands fail that touch it.
                LogSplit(e, commands.Count);
                _meters.Again("split", (e as PostgresException)?.SqlState ?? "");
                connection.Drop();
                await RunOneByOne(connection, commands);
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                connection.Drop();
                var failure = Failure(e);
                commands.ForEach(command => command.Fail(failure));
                return;
            }
        }
    }

    /// <summary>One try each, and all within a time: whoever waits behind a held row must not make everyone wait.</summary>
    private async Task RunOneByOne(EngineConnection connection, List<WaitingCommand> commands)
    {
        var since = Stopwatch.GetTimestamp();
        foreach (var command in commands)
        {
            if (Stopwatch.GetElapsedTime(since) > OneByOneMax)
            {
                command.Fail(Refused.Transient(ErrorCodes.Busy, "Others change the same thing right now.", BusyRetryMs));
                continue;
            }

            try
            {
                await RunOnce(connection, [command]);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                connection.Drop();
                command.Fail(Failure(e));
            }
        }
    }

    /// <summary>One transaction. Commands whose rules broke are answered by their exception and the others are returned, to run again.</summary>
    private async Task<List<WaitingCommand>> RunOnce(EngineConnection connection, List<WaitingCommand> commands)
    {
        var batch = new Batch([.. commands.Select(waiting => waiting.Command)], _kinds, _disputes, _settings.FeeSlot);
        using var span = EngineMeters.Begin(commands);
        var open = await connection.Open();
        await Traced(span, _meters.Loaded, () => batch.Load(open, connection.PlansAreOld()));
        batch.Decide();
        if (batch.Answers.Any(answer => answer is Exception))
        {
            await connection.RollBack();
            List<WaitingCommand> rest = [];
            for (var i = 0; i < commands.Count; i++)
            {
                if (batch.Answers[i] is Exception broken)
                {
                    commands[i].Fail(broken);
                }
                else
                {
                    rest.Add(commands[i]);
                }
            }

            return rest;
        }

        await Traced(span, _meters.Saved, () => batch.Save(open));
        for (var i = 0; i < commands.Count; i++)
        {
            commands[i].Complete((EngineAnswer)batch.Answers[i]);
        }

        Learn(batch.Set, commands);

        if (batch.Appended.Count > 0)
        {
            Recorded?.Invoke(batch.Appended);
        }

        if (batch.ChangedOffers.Count > 0)
        {
            OffersChanged?.Invoke(batch.ChangedOffers);
        }

        return [];
    }

    /// <summary>A round trip within the batch's span, which a writer loses at each wait: nothing of a caller flows along with it.</summary>
    private static async Task Traced(Activity? span, Action<long> took, Func<Task> roundTrip)
    {
        var since = Stopwatch.GetTimestamp();
        if (span is not null)
        {
            Activity.Current = span;
        }

        await roundTrip();
        took(since);
    }

    private void Learn(WorkingSet set, List<WaitingCommand> commands)
    {
        lock (_queue)
        {
            foreach (var move in commands.Select(waiting => waiting.Command).OfType<MoveOrder>())
            {
                if (set.FindOrder(move.OrderId) is { } order)
                {
                    _queue.Learn(order.Id, order.OfferId);
                }
            }
        }
    }

    private static bool CanRunAgain(PostgresException e) => Database.IsForOthersSake(e)
        || e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.InvalidSqlStatementName;

    private static Exception Failure(Exception e) => e switch
    {
        PostgresException { ConstraintName: "withdrawals_external_ref_unique" } =>
            new Refused(ErrorCodes.ExternalReferenceReused, "This reference was used for another withdrawal."),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } =>
            Refused.Transient(ErrorCodes.Timeout, "It took longer than allowed; the outcome is unknown until the call is repeated.", BusyRetryMs),
        PostgresException p when Database.IsForOthersSake(p) =>
            Refused.Transient(ErrorCodes.Busy, "Others change the same thing right now.", BusyRetryMs),
        _ when Database.IsUnavailable(e) =>
            Refused.Transient(ErrorCodes.Unavailable, "The database cannot be reached; the outcome is unknown until the call is repeated.", 500),
        _ => e,
    };

    [LoggerMessage(EventId = 3001, Level = LogLevel.Debug, Message = "A batch of {Commands} runs again: {SqlState} {Constraint}")]
    private partial void LogRetry(string sqlState, string? constraint, int commands);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "A batch of {Commands} runs one by one")]
    private partial void LogSplit(Exception exception, int commands);
}
