using P2P.Contracts;

namespace P2P.Client.Sdk.Events;

/// <summary>A durable event as it came, live or from a page. Without a body when this version of the SDK cannot read it.</summary>
/// <param name="Head">Its id, number and time.</param>
/// <param name="Type">The name of the client method.</param>
/// <param name="Body">What happened.</param>
/// <param name="Text">What was told with it live only; null on a page.</param>
internal sealed record HeardEvent(EventHead Head, string Type, object? Body, string? Text = null);
