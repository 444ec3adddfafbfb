namespace P2P.Contracts.Files;

/// <summary>What a file is, by its content.</summary>
public enum FileKind
{
    /// <summary>None that is known here.</summary>
    Unknown,

    /// <summary>A JPEG picture.</summary>
    Jpeg,

    /// <summary>A PNG picture.</summary>
    Png,

    /// <summary>A WebP picture.</summary>
    WebP,

    /// <summary>A PDF document.</summary>
    Pdf,

    /// <summary>Encrypted by its sender: bytes without a meaning for the server.</summary>
    Opaque,
}

/// <summary>What a rewrite found.</summary>
/// <param name="Kind">What the file is.</param>
/// <param name="Width">Pixels from left to right; null for what is no picture.</param>
/// <param name="Height">Pixels from top to bottom; null for what is no picture.</param>
public sealed record FileFacts(FileKind Kind, int? Width = null, int? Height = null)
{
    /// <summary>The only content type under which it is ever served.</summary>
    public string ContentType => TypeOf(Kind);

    /// <summary>The content type of a kind.</summary>
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
