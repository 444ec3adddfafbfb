namespace P2P.Server.Accounts.Files.Rewrite;

/// <summary>What a file is, by its content.</summary>
public enum FileKind
{
    Jpeg,
    Png,
    WebP,
    Pdf,

    /// <summary>Encrypted by its sender: bytes without a meaning for the server.</summary>
    Opaque,
}

/// <summary>What a rewrite found.</summary>
public sealed record FileFacts(FileKind Kind, int? Width = null, int? Height = null)
{
    /// <summary>The only content type under which it is ever served.</summary>
    public string ContentType => TypeOf(Kind);

    public static string TypeOf(FileKind kind) => kind switch
    {
        FileKind.Jpeg => "image/jpeg",
        FileKind.Png => "image/png",
        FileKind.WebP => "image/webp",
        FileKind.Pdf => "application/pdf",
        FileKind.Opaque => "application/octet-stream",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
