using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Chat;

/// <summary>A message that is about to be written; the room gives it its number.</summary>
public sealed record NewMessage
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>Who writes; 0 for the server.</summary>
    public required long SenderId { get; init; }

    public required MessageKind Kind { get; init; }

    public required string Text { get; init; }

    /// <summary>Of a system message: what happened.</summary>
    public string? Code { get; init; }

    /// <summary>Of a system message: a JSON object of texts.</summary>
    public string? Args { get; init; }
}
