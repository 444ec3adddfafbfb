using P2P.Contracts;

namespace P2P.Client.Sdk.Events;

/// <summary>A durable event as it came, live or from a page. Without a body when this version of the SDK cannot read it.</summary>
internal sealed record HeardEvent(EventHead Head, string Type, object? Body);
