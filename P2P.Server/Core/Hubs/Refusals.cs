using System.Diagnostics.Metrics;
using Npgsql;
using P2P.Contracts;
using P2P.Db;

namespace P2P.Server.Core.Hubs;

/// <summary>The one place that turns whatever went wrong into what a client may hear of it.</summary>
public sealed partial class Refusals(ILogger<Refusals> log)
{
    private const int RetryAfterMs = 500;
    private const int RetryBusyAfterMs = 100;

    private static readonly Counter<long> RefusedCalls = ServerMeter.Meter.CreateCounter<long>(
        "p2p.hub.refused", "{call}", "Calls and connections that hubs refused, by code.");

    /// <summary>
    /// The refusal for an exception. What is no refusal, time-out or loss of the database is logged under the id that the client hears.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="what">The call, for the log.</param>
    /// <param name="timeIsOver">Whether the call had used up its time.</param>
    /// <param name="callerIsGone">Whether the caller's connection has ended: what broke off because of it is nobody's fault.</param>
    public Refused Of(Exception exception, string what, bool timeIsOver, bool callerIsGone = false)
    {
        var refused = exception switch
        {
            Refused known => known,
            _ when callerIsGone && IsEndOfTime(exception, timeIsOver: true) => new Refused(
                ErrorCodes.Unavailable, "The connection has ended. Repeat the call to learn its outcome."),
            _ when IsEndOfTime(exception, timeIsOver) => Refused.Transient(
                ErrorCodes.Timeout, "The call took too long. Repeat it to learn its outcome.", RetryAfterMs),
            PostgresException postgres when Database.IsForOthersSake(postgres) => Refused.Transient(
                ErrorCodes.Busy, "Too much happens at this place right now.", RetryBusyAfterMs),
            _ when Database.IsUnavailable(exception) => Unavailable(what, exception),
            _ => Internal(what, exception),
        };
        RefusedCalls.Add(1, new KeyValuePair<string, object?>("code", refused.Code));
        return refused;
    }

    /// <summary>Cancelled by our limit, or by the database's own; the latter also breaks what waited for a connection.</summary>
    private static bool IsEndOfTime(Exception exception, bool timeIsOver) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
        || (timeIsOver && (exception is OperationCanceledException || Database.IsUnavailable(exception)));

    private Refused Unavailable(string what, Exception exception)
    {
        DatabaseUnavailable(log, what, exception.Message);
        return Refused.Transient(
            ErrorCodes.Unavailable, "The database cannot be reached. Repeat the call to learn its outcome.", RetryAfterMs);
    }

    private Refused Internal(string what, Exception exception)
    {
        var correlationId = Ids.New().ToString();
        CallFailed(log, what, correlationId, exception);
        return new Refused(
            ErrorCodes.Internal, "The server failed. Its log names the fault by the correlation id.", ("correlationId", correlationId));
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Error, Message = "{What} failed, correlation id {CorrelationId}")]
    private static partial void CallFailed(ILogger log, string what, string correlationId, Exception exception);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "{What} found no database: {Cause}")]
    private static partial void DatabaseUnavailable(ILogger log, string what, string cause);
}
