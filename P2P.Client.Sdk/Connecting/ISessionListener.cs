using P2P.Client.Sdk.Events;
using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>Hears what one connection brings, in the order in which it came. The next message waits until this one was taken.</summary>
internal interface ISessionListener
{
    /// <summary>The connection stands.</summary>
    Task ConnectedAsync(HubSession session, ConnectedInfo info);

    /// <summary>A durable event.</summary>
    Task PushedAsync(HubSession session, HeardEvent heard);

    /// <summary>Where the stream stands.</summary>
    Task HeadAsync(HubSession session, Guid epoch, long seq);

    /// <summary>Any other message.</summary>
    Task MessageAsync(HubSession session, string method, object?[] arguments);

    /// <summary>The connection is gone.</summary>
    Task LostAsync(HubSession session);
}
