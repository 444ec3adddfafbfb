namespace P2P.Client.Sdk;

/// <summary>A file on its way into an order's room.</summary>
/// <param name="Content">The file: JPEG, PNG, WebP or PDF, from its present position; left open.</param>
/// <param name="Name">What it is called, at most 100 characters.</param>
public sealed record RoomFile(Stream Content, string Name);

/// <summary>A file of an encrypted message, as its sender signed it.</summary>
public sealed record SealedFile
{
    /// <summary>Its id, under which the ciphertext lies on the server.</summary>
    public required Guid Id { get; init; }

    /// <summary>What its sender called it: show it, and make no path of it.</summary>
    public required string Name { get; init; }

    /// <summary>What the sender says it is: <c>image/jpeg</c>, <c>image/png</c>, <c>image/webp</c> or <c>application/pdf</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its length before it was encrypted.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the ciphertext, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The key that opens it, and nothing else; 32 bytes, base64url.</summary>
    public required string Key { get; init; }

    /// <summary>The file out of its ciphertext: for whoever has a transcript and fetched the file.</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="ciphertext">What the server has under <see cref="Id"/>.</param>
    /// <exception cref="EncryptionException">FileEdited: it is not what the sender signed, or not of the kind that it is said to be.</exception>
    public byte[] Open(Guid orderId, ReadOnlySpan<byte> ciphertext) => Encryption.FileSeal.Open(orderId, this, ciphertext);
}

/// <summary>A file of a room, in the clear.</summary>
public sealed record OpenedFile
{
    /// <summary>The file.</summary>
    public required byte[] Content { get; init; }

    /// <summary>What the content is, by the content itself.</summary>
    public required string ContentType { get; init; }

    /// <summary>What its sender called it: show it, and make no path of it.</summary>
    public required string Name { get; init; }
}
