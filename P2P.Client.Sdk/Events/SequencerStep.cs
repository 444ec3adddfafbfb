namespace P2P.Client.Sdk.Events;

/// <summary>What the sequencer wants done, in the order in which it says so.</summary>
internal abstract record SequencerStep<T>
{
    /// <summary>Hand this event to its handlers.</summary>
    public sealed record Deliver(Guid Epoch, long Seq, T Event) : SequencerStep<T>;

    /// <summary>Ask for the events after this number, and answer under the ask's own number.</summary>
    public sealed record Ask(long AskId, Guid Epoch, long AfterSeq) : SequencerStep<T>;

    /// <summary>Tell the server that every event up to this number is here.</summary>
    public sealed record Ack(long Seq) : SequencerStep<T>;

    /// <summary>Nothing was handled before: the stream begins behind this number.</summary>
    public sealed record Begin(Guid Epoch, long Seq) : SequencerStep<T>;

    /// <summary>Events were lost for good: tell the application, then go on behind this number.</summary>
    public sealed record Resync(Guid Epoch, long Seq) : SequencerStep<T>;
}
