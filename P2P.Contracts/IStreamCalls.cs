namespace P2P.Contracts;

/// <summary>The caller's event stream on this hub.</summary>
public interface IStreamCalls
{
    /// <summary>The events after a number, in order: at most 500, or 256 KB. Has a rate of its own (200 a second).</summary>
    /// <param name="epoch">The epoch in which the number was heard.</param>
    /// <param name="seq">The number of the last event that the caller has; 0 for none.</param>
    /// <remarks>Codes: BAD_INPUT (a negative number), RATE_LIMITED, RESYNC (another epoch, or a number that is no longer or not yet in the stream).</remarks>
    Task<EventPage> EventsSince(Guid epoch, long seq);

    /// <summary>
    /// The caller has every event up to this number. Sent without waiting for an answer, at most every 250 ms or 32 events; 256 unacknowledged
    /// events are pushed to a connection, later ones are announced by <see cref="IConnectionClient.Head"/> only.
    /// </summary>
    Task Ack(long seq);
}
