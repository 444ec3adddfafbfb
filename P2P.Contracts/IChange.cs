namespace P2P.Contracts;

/// <summary>A request that changes something: sent once or fifty times under one id, it happens once and gets the same answer.</summary>
public interface IChange
{
    /// <summary>
    /// A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10 minutes ahead.
    /// </summary>
    Guid RequestId { get; }
}
