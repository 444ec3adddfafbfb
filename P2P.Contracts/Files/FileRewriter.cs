namespace P2P.Contracts.Files;

/// <summary>
/// Tells a file's kind by its content and writes it anew, with nothing in it but what shows the picture. Reads from front to end and writes
/// as it reads: memory does not grow with the file.
/// </summary>
public static class FileRewriter
{
    private const int HeadBytes = 12;

    /// <summary>The kind by the first bytes; null for everything that is not taken here.</summary>
    public static FileKind? KindOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => FileKind.Jpeg,
        _ when head.StartsWith(PngRewriter.Signature) => FileKind.Png,
        _ when head.StartsWith("RIFF"u8) && head.Length >= HeadBytes && head[8..HeadBytes].SequenceEqual("WEBP"u8) => FileKind.WebP,
        _ when head.StartsWith("%PDF-"u8) => FileKind.Pdf,
        _ => null,
    };

    /// <summary>Writes a picture or a PDF anew.</summary>
    /// <param name="source">The file; can be sought.</param>
    /// <param name="target">An empty file; can be sought. After a refusal it holds nothing of worth.</param>
    /// <exception cref="FileFaultException">FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS.</exception>
    public static FileFacts Rewrite(Stream source, Stream target)
    {
        var head = new byte[HeadBytes];
        var length = source.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        if (length == 0)
        {
            throw FileFault.Malformed("The file is empty");
        }

        source.Position = 0;
        return KindOf(head.AsSpan(0, length)) switch
        {
            FileKind.Jpeg => new JpegRewriter(new ByteSource(source), target).Run(),
            FileKind.Png => new PngRewriter(new ByteSource(source), target).Run(),
            FileKind.WebP => new WebPRewriter(new ByteSource(source), target).Run(),
            FileKind.Pdf => PdfCheck.Run(source, target),
            _ => throw FileFault.WrongType("Pictures (JPEG, PNG, WebP) and PDF are taken here, by their content"),
        };
    }
}
