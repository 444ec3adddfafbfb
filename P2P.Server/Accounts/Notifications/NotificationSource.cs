using System.Collections.Frozen;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts.Notifications;

/// <summary>What an event is worth telling of: a kind, and what its text needs.</summary>
public sealed record Notice(NotificationKind Kind, IReadOnlyDictionary<string, string> Args)
{
    /// <summary>A notice that needs nothing but its kind.</summary>
    public static Notice Of(NotificationKind kind) => new(kind, FrozenDictionary<string, string>.Empty);
}

/// <summary>
/// Makes notices of one type of durable events. Every feature registers its own, because accounts know none of them. It must be pure: the
/// same event can be read twice.
/// </summary>
/// <param name="EventType">The client method's name.</param>
/// <param name="Read">What the event's hearer is told; null for nothing.</param>
public sealed record NotificationSource(string EventType, Func<long, JsonElement, Notice?> Read)
{
    /// <summary>A source that reads the event's body.</summary>
    public static NotificationSource For<T>(string eventType, Func<long, T, Notice?> read)
        where T : class =>
        new(eventType, (userId, body) => body.Deserialize<T>(WireJson.Client) is { } read_ ? read(userId, read_) : null);
}

/// <summary>All sources by the type of event.</summary>
public sealed class NotificationMap
{
    private readonly FrozenDictionary<string, NotificationSource> _sources;

    public NotificationMap(IEnumerable<NotificationSource> sources)
    {
        _sources = sources.ToFrozenDictionary(source => source.EventType, StringComparer.Ordinal);
        Types = [.. _sources.Keys];
    }

    /// <summary>The types of events that can be worth a notice.</summary>
    public string[] Types { get; }

    public bool Has(string eventType) => _sources.ContainsKey(eventType);

    /// <summary>What the hearer of an event is told; null for nothing.</summary>
    public Notice? Read(long userId, string eventType, string body) =>
        _sources.TryGetValue(eventType, out var source) ? source.Read(userId, JsonElement.Parse(body)) : null;
}

/// <summary>Notices of what staff do to an account.</summary>
internal static class ProfileNotices
{
    public static NotificationSource Source { get; } =
        NotificationSource.For<ProfileChanged>(nameof(IAccountClient.ProfileChanged), (_, changed) => Of(changed));

    private static Notice? Of(ProfileChanged changed) => changed.Change switch
    {
        ProfileChange.Suspended => Notice.Of(NotificationKind.AccountSuspended),
        ProfileChange.SuspensionLifted => Notice.Of(NotificationKind.SuspensionLifted),
        ProfileChange.Verified => Notice.Of(NotificationKind.AccountVerified),
        ProfileChange.MerchantGranted => Notice.Of(NotificationKind.MerchantGranted),
        ProfileChange.MerchantRevoked => Notice.Of(NotificationKind.MerchantRevoked),
        ProfileChange.DeletionAsked => Security("deletion of the account asked for"),
        ProfileChange.DeletionCalledOff => Security("deletion of the account called off"),
        _ => null,
    };

    private static Notice Security(string what) =>
        new(NotificationKind.SecurityNotice, new Dictionary<string, string> { ["what"] = what });
}
