namespace P2P.Contracts.Deals;

/// <summary>What a party hears of its orders' rooms.</summary>
public interface IChatClient
{
    /// <summary>Durable: a person wrote, or an auto-reply was sent. Both parties hear it, the writer on all devices.</summary>
    /// <param name="head">Its id, number and time.</param>
    /// <param name="message">Which message.</param>
    /// <param name="text">
    /// What it says, told live only: it is not stored with the event. Null when the event was read from the stream later; then
    /// <see cref="IChatCalls.GetMessages"/> has it.
    /// </param>
    Task MessageSent(EventHead head, MessageSent message, string? text);

    /// <summary>Durable: the other party has read, or the caller has, on another device.</summary>
    Task MessagesRead(EventHead head, MessagesRead receipt);

    /// <summary>Durable: the other party has received.</summary>
    Task MessagesDelivered(EventHead head, MessagesDelivered receipt);

    /// <summary>Not durable: the other party is writing; the newest only.</summary>
    Task Typing(TypingSignal signal);

    /// <summary>Durable: a room's encryption was proposed, accepted or declined, or it has a new key. Both parties hear it.</summary>
    Task EncryptionChanged(EventHead head, EncryptionChanged change);
}
