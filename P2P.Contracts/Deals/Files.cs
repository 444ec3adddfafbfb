namespace P2P.Contracts.Deals;

/// <summary>A file that a party sent into an order's room.</summary>
/// <remarks>
/// <c>POST /api/p2p/orders/{orderId}/files</c> takes it (the body is the file; <c>Content-Type</c>, and <c>X-File-Name</c> percent-encoded),
/// <c>GET /api/p2p/files/{id}</c> gives it back to the parties. A file that no message names is removed after 24 hours.
/// </remarks>
public sealed record FileView
{
    /// <summary>The file's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What its sender called it, at most 200 characters; never a path.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What the content is, by the content itself: <c>image/jpeg</c>, <c>image/png</c>, <c>image/webp</c>, <c>application/pdf</c>, or
    /// <c>application/octet-stream</c> for an encrypted one.
    /// </summary>
    public required string ContentType { get; init; }

    /// <summary>Its length as it is stored: without what was removed from it.</summary>
    public required long Bytes { get; init; }

    /// <summary>Pixels from left to right; null for what is no picture.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels from top to bottom; null for what is no picture.</summary>
    public int? Height { get; init; }

    /// <summary>SHA-256 of the stored bytes, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The sender encrypted it for the other party: the server knows its length and nothing else.</summary>
    public required bool Encrypted { get; init; }
}
