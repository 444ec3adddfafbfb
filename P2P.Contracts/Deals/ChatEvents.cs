namespace P2P.Contracts.Deals;

/// <summary>A message was written. What it says is no part of the event: it is told live, and read with <c>GetMessages</c>.</summary>
public sealed record MessageSent
{
    /// <summary>The order whose room it is in.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The message's id.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Its place in the room.</summary>
    public required long Seq { get; init; }

    /// <summary>Profile id of the writer.</summary>
    public required long SenderId { get; init; }

    /// <summary>What it is; never a system message, of which <see cref="OrderChanged"/> tells.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>How many files hang on it.</summary>
    public required int Attachments { get; init; }
}

/// <summary>A party has read a room up to a message.</summary>
public sealed record MessagesRead
{
    /// <summary>The order whose room it is.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Profile id of who has read.</summary>
    public required long ReaderId { get; init; }

    /// <summary>Up to this number.</summary>
    public required long UpToSeq { get; init; }
}

/// <summary>A party has received a room's messages up to one.</summary>
public sealed record MessagesDelivered
{
    /// <summary>The order whose room it is.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Profile id of who has received.</summary>
    public required long ReceiverId { get; init; }

    /// <summary>Up to this number.</summary>
    public required long UpToSeq { get; init; }
}

/// <summary>The other party is writing; forget it after five seconds without another one.</summary>
public sealed record TypingSignal
{
    /// <summary>The order in whose room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Profile id of who writes.</summary>
    public required long UserId { get; init; }
}
