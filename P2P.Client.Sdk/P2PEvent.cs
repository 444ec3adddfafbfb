using P2P.Contracts;

namespace P2P.Client.Sdk;

/// <summary>One event of the user's stream.</summary>
/// <param name="Head">Its id, number and time. The id is the same wherever the event is heard: drop what you have seen.</param>
/// <param name="Body">What happened.</param>
/// <param name="Position">The position that holds once this event is handled.</param>
public sealed record P2PEvent<T>(EventHead Head, T Body, EventPosition Position)
{
    /// <summary>
    /// What was told live with the event and is not stored with it: a chat message's text. Null for all other events, and when the event was read
    /// from the stream later (<see cref="ChatClient.TextOfAsync"/> has it then).
    /// </summary>
    public string? Text { get; init; }
}

/// <summary>
/// Events between the last position and this one are gone for good: the program was away for longer than the server keeps events, or the
/// server's database was restored. Reload what you show (orders, ads, balances); the stream goes on behind <paramref name="Position"/>.
/// </summary>
/// <param name="Position">Where the stream goes on.</param>
public sealed record StreamResync(EventPosition Position);
