using System.Text.Json;
using P2P.Contracts;
using P2P.Server.Core;

namespace P2P.Server.Realtime.Events;

/// <summary>The audiences: one numbered stream a user and hub.</summary>
public static class Audience
{
    public const string Trade = "trade";
    public const string Dealer = "dealer";
    public const string Admin = "admin";

    /// <summary>Every audience in which the user has a stream: events of the account itself.</summary>
    public const string All = "*";
}

/// <summary>An event that is about to be recorded.</summary>
/// <param name="UserId">Who hears it.</param>
/// <param name="Audience">On which hub, or <see cref="Events.Audience.All"/>.</param>
/// <param name="EventId">The same for all audiences of one user.</param>
/// <param name="Type">The client method's name.</param>
/// <param name="Body">Its second argument as JSON: stored and pushed byte for byte.</param>
public sealed record PendingEvent(long UserId, string Audience, Guid EventId, string Type, string Body)
{
    /// <summary>What rides along in the live push as a third argument and is stored nowhere with the event.</summary>
    public string? Live { get; init; }

    /// <summary>One event for one user.</summary>
    public static PendingEvent For<T>(long userId, string audience, string type, T body) =>
        new(userId, audience, Ids.New(), type, JsonSerializer.Serialize(body, WireJson.Server));

    /// <summary>One event for several users: the body is serialised once.</summary>
    public static IEnumerable<PendingEvent> ForAll<T>(IEnumerable<long> userIds, string audience, string type, T body)
    {
        var json = JsonSerializer.Serialize(body, WireJson.Server);
        return userIds.Select(userId => new PendingEvent(userId, audience, Ids.New(), type, json));
    }
}

/// <summary>An event as it was recorded; <paramref name="Live"/> only where it was recorded, never when it is read again.</summary>
public sealed record AppendedEvent(
    long UserId, string Audience, long Seq, Guid EventId, string Type, string Body, DateTimeOffset At, string? Live = null);
