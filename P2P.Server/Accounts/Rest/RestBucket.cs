namespace P2P.Server.Accounts.Rest;

/// <summary>
/// Metadata of paths that are counted apart from a user's other requests, so that neither uses up the other's rate: so many requests in any
/// minute for a user, and for an address.
/// </summary>
public sealed record RestBucket(string Name, int PerMinute);
