namespace P2P.Contracts.Files;

/// <summary>
/// A PDF is kept as it is and only ever given as a download. It must begin and end as one, and must not be an archive as well.
/// </summary>
internal static class PdfCheck
{
    private const int TailBytesMax = 66_000;
    private const int EndBytesMax = 1_024;

    public static FileFacts Run(Stream source, Stream target)
    {
        var tail = new byte[Math.Min(source.Length, TailBytesMax)];
        source.Position = 0;
        Span<byte> head = stackalloc byte[7];
        if (source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || head[5] is not ((byte)'1' or (byte)'2')
            || head[6] != '.')
        {
            throw FileFault.Malformed("The PDF's head is wrong");
        }

        source.Position = source.Length - tail.Length;
        source.ReadExactly(tail);
        Ensure(tail);
        source.Position = 0;
        source.CopyTo(target);
        return new FileFacts(FileKind.Pdf);
    }

    private static void Ensure(ReadOnlySpan<byte> tail)
    {
        // The directory of a ZIP archive stands at the end of a file, whatever stands before.
        if (tail.IndexOf("PK\u0005\u0006"u8) >= 0)
        {
            throw FileFault.WrongType("The file is an archive as well");
        }

        var end = tail.LastIndexOf("%%EOF"u8);
        if (end < 0 || tail.Length - end > EndBytesMax)
        {
            throw FileFault.Malformed("The PDF's end is missing");
        }

        foreach (var value in tail[(end + 5)..])
        {
            if (value is not (0 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0C or 0x1A))
            {
                throw FileFault.Malformed("Something follows on the PDF's end");
            }
        }
    }
}
