namespace P2P.Server.Deals.Chat;

/// <summary>The operator's limits on rooms (section <c>Limits</c>).</summary>
public sealed record ChatLimits
{
    /// <summary>Messages in one room, after which only the server writes.</summary>
    public int MessagesPerOrder { get; init; } = 5_000;

    /// <summary>How long after an order's end its parties can write.</summary>
    public int ChatDaysAfterEnd { get; init; } = 7;
}
