using Microsoft.Extensions.Logging;

namespace P2P.Client.Sdk;

/// <summary>Everything that the SDK logs.</summary>
internal static partial class SdkLog
{
    [LoggerMessage(1, LogLevel.Information, "The client is {State}.")]
    public static partial void StateChanged(ILogger logger, P2PClientState state);

    [LoggerMessage(2, LogLevel.Warning, "Connecting failed {Failures} times in a row.")]
    public static partial void ConnectFailed(ILogger logger, Exception error, int failures);

    [LoggerMessage(3, LogLevel.Warning, "The connection was lost.")]
    public static partial void ConnectionLost(ILogger logger, Exception? error);

    [LoggerMessage(4, LogLevel.Error, "The server refuses the connection with {Code}; nothing tries again by itself.")]
    public static partial void ConnectionRefused(ILogger logger, Exception error, string code);

    [LoggerMessage(5, LogLevel.Debug, "Connecting was stopped.")]
    public static partial void ConnectStopped(ILogger logger, Exception error);

    [LoggerMessage(10, LogLevel.Debug, "{Method} is repeated in {DelayMs} ms.")]
    public static partial void CallRepeated(ILogger logger, Exception error, string method, double delayMs);

    [LoggerMessage(20, LogLevel.Error, "A handler of {Type} {Seq} failed; the event counts as handled.")]
    public static partial void HandlerFailed(ILogger logger, Exception error, string type, long seq);

    [LoggerMessage(21, LogLevel.Error, "Event {Seq} of type {Type} cannot be read and is passed over.")]
    public static partial void EventUnreadable(ILogger logger, Exception error, string type, long seq);

    [LoggerMessage(22, LogLevel.Warning, "A reader lags 1,024 events behind; none is taken in after {Seq} until it goes on.")]
    public static partial void HandlersLag(ILogger logger, long seq);

    [LoggerMessage(23, LogLevel.Warning, "The event stream could not go on from the stored position; it goes on behind {Seq}.")]
    public static partial void Resynced(ILogger logger, long seq);

    [LoggerMessage(24, LogLevel.Warning, "The events after {Seq} could not be read; they are asked for again.")]
    public static partial void EventsNotRead(ILogger logger, Exception error, long seq);

    [LoggerMessage(25, LogLevel.Debug, "Event {Seq} could not be acknowledged.")]
    public static partial void AckNotSent(ILogger logger, Exception error, long seq);

    [LoggerMessage(26, LogLevel.Error, "Position {Seq} could not be stored; a new start would hear later events again.")]
    public static partial void PositionNotSaved(ILogger logger, Exception error, long seq);

    [LoggerMessage(30, LogLevel.Debug, "The book of {Market} is subscribed again.")]
    public static partial void BookResubscribed(ILogger logger, Exception? error, string market);
}
