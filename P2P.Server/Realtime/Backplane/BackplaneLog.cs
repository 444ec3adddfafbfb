using StackExchange.Redis;

namespace P2P.Server.Realtime.Backplane;

/// <summary>What the backplane writes to the log.</summary>
internal static partial class BackplaneLog
{
    [LoggerMessage(
        EventId = 2401,
        Level = LogLevel.Warning,
        Message = "The backplane is degraded: other nodes' events are read from the database every second until Redis answers.")]
    public static partial void Degraded(ILogger log);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Information, Message = "The backplane is up: node {Node:x16}.")]
    public static partial void Up(ILogger log, long node);

    [LoggerMessage(EventId = 2403, Level = LogLevel.Information, Message = "The {Kind} connection to Redis failed: {Failure}.")]
    public static partial void ConnectionFailed(ILogger log, ConnectionType kind, ConnectionFailureType failure);

    [LoggerMessage(EventId = 2404, Level = LogLevel.Information, Message = "The {Kind} connection to Redis is back.")]
    public static partial void ConnectionRestored(ILogger log, ConnectionType kind);

    [LoggerMessage(
        EventId = 2405,
        Level = LogLevel.Warning,
        Message = "A backplane message was dropped ({Why}). Further ones of this kind are only counted for a minute.")]
    public static partial void Dropped(ILogger log, Drop why);

    [LoggerMessage(EventId = 2406, Level = LogLevel.Error, Message = "A backplane message on {Channel} could not be used.")]
    public static partial void Unreadable(ILogger log, string channel, Exception exception);

    [LoggerMessage(EventId = 2407, Level = LogLevel.Warning, Message = "No connection to Redis could be begun; it is tried again.")]
    public static partial void NotBegun(ILogger log, Exception exception);

    [LoggerMessage(
        EventId = 2408, Level = LogLevel.Warning, Message = "A connection that does not read had {Messages} messages waiting and was closed.")]
    public static partial void Overrun(ILogger log, int messages);
}
