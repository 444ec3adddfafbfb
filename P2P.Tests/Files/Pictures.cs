using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using P2P.Contracts.Files;

namespace P2P.Tests.Files;

/// <summary>Small files of every kind, with a word in each place where something could be hidden.</summary>
internal static class Pictures
{
    /// <summary>Stands wherever a file could carry more than its picture.</summary>
    public const string Canary = "GPSLatitude-1.2921";

    private static readonly byte[] Hidden = Encoding.ASCII.GetBytes(Canary);

    /// <summary>A grey JPEG of 8 x 8 with EXIF, XMP, a profile, Adobe's mark, a comment and a tail.</summary>
    public static byte[] Jpeg(bool isProgressive = false, ushort width = 8, ushort height = 8) => Join(
        [0xFF, 0xD8],
        Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        Segment(0xE1, [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, .. Hidden]),
        Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Hidden]),
        Segment(0xE2, [.. "ICC_PROFILE\0"u8, .. Hidden]),
        Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]),
        Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0, .. Hidden]),
        Segment(0xFE, Hidden),
        Segment(0xDB, [0, .. Enumerable.Repeat((byte)16, 64)]),
        Segment(isProgressive ? (byte)0xC2 : (byte)0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        Segment(0xC4, Huffman(0x00)),
        Segment(0xC4, Huffman(0x10)),
        Segment(0xDD, [0, 4]),
        Segment(0xDA, isProgressive ? [1, 1, 0, 0, 0, 0] : [1, 1, 0, 0, 63, 0]),
        [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56],
        isProgressive ? Join(Segment(0xC4, Huffman(0x11)), Segment(0xDA, [1, 1, 1, 1, 63, 0]), [0x78, 0x9A]) : [],
        [0xFF, 0xD9],
        Hidden);

    /// <summary>A PNG with texts, times and EXIF, and a tail.</summary>
    public static byte[] Png(uint width = 2, uint height = 2, byte colour = 2) => Join(
        [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A],
        Chunk("IHDR", [.. Big(width), .. Big(height), 8, colour, 0, 0, 0]),
        Chunk("eXIf", Hidden),
        Chunk("iCCP", Hidden),
        colour == 3 ? Chunk("PLTE", [1, 2, 3, 4, 5, 6]) : [],
        colour == 3 ? Chunk("tRNS", [7]) : [],
        Chunk("tEXt", Hidden),
        Chunk("IDAT", Deflated(14)[..10]),
        Chunk("IDAT", Deflated(14)[10..]),
        Chunk("tIME", Hidden),
        Chunk("IEND", []),
        Hidden);

    /// <summary>A lossless WebP, bare.</summary>
    public static byte[] WebPLossless() => Join(Riff(Lossless(16, 16)), Hidden);

    /// <summary>A lossy WebP with transparency, EXIF, XMP and a profile, in the extended form.</summary>
    public static byte[] WebPExtended(int width = 16, int height = 16) => Join(
        Riff(Join(
            Part("VP8X", [0x3C, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)]),
            Part("ICCP", Hidden),
            Part("ALPH", [0, 1, 2]),
            Lossy(16, 16),
            Part("EXIF", Hidden),
            Part("XMP ", Hidden),
            Part("what", Hidden))),
        Hidden);

    /// <summary>An animated WebP of two frames.</summary>
    public static byte[] WebPAnimated() => Join(
        Riff(Join(
            Part("VP8X", [0x1E, 0, 0, 0, .. Three(31), .. Three(31)]),
            Part("ANIM", [0, 0, 0, 0, 0, 0]),
            Part("ANMF", Join([.. Three(0), .. Three(0), .. Three(15), .. Three(15), 100, 0, 0, 0], Lossy(16, 16))),
            Part("ANMF", Join([.. Three(8), .. Three(8), .. Three(15), .. Three(15), 100, 0, 0, 1], Lossless(16, 16), Part("hide", Hidden))),
            Part("EXIF", Hidden))),
        Hidden);

    public static byte[] Pdf(string tail = "\n") => Encoding.Latin1.GetBytes($"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF{tail}");

    /// <summary>Every picture of a good kind.</summary>
    public static IEnumerable<TestCaseData> Good()
    {
        yield return new TestCaseData(Jpeg()).SetArgDisplayNames("JPEG");
        yield return new TestCaseData(Jpeg(isProgressive: true)).SetArgDisplayNames("progressive JPEG");
        yield return new TestCaseData(Png()).SetArgDisplayNames("PNG");
        yield return new TestCaseData(Png(colour: 3)).SetArgDisplayNames("PNG with a palette");
        yield return new TestCaseData(WebPLossless()).SetArgDisplayNames("lossless WebP");
        yield return new TestCaseData(WebPExtended()).SetArgDisplayNames("extended WebP");
        yield return new TestCaseData(WebPAnimated()).SetArgDisplayNames("animated WebP");
    }

    public static byte[] Rewritten(byte[] file) => Rewritten(file, out _);

    public static byte[] Rewritten(byte[] file, out FileFacts facts)
    {
        using var source = new MemoryStream(file);
        using var target = new MemoryStream();
        facts = FileRewriter.Rewrite(source, target);
        return target.ToArray();
    }

    /// <summary>The file up to its end, without the tail.</summary>
    public static int LengthWithoutTail(byte[] file) => file.Length - Hidden.Length;

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Chunk(string type, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. body];
        return [.. Big((uint)body.Length), .. named, .. Big(Checksum(named))];
    }

    /// <summary>Bit by bit, as the standard words it: nothing in common with the server's table.</summary>
    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
            }
        }

        return ~sum;
    }

    private static byte[] Segment(byte marker, byte[] body) =>
        [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Huffman(byte table) => [table, 0, 2, .. new byte[14], 5, 6];

    private static byte[] Riff(byte[] parts) => Join([.. "RIFF"u8], Little((uint)parts.Length + 4), [.. "WEBP"u8], parts);

    private static byte[] Part(string type, byte[] body) =>
        Join(Encoding.ASCII.GetBytes(type), Little((uint)body.Length), body, body.Length % 2 == 1 ? [0] : []);

    private static byte[] Lossless(int width, int height) =>
        Part("VP8L", [0x2F, .. Little((uint)((width - 1) | ((height - 1) << 14))), 9, 8, 7, 6]);

    private static byte[] Lossy(int width, int height) => Part(
        "VP8 ", [0x10, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 5, 4, 3]);

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static byte[] Deflated(int count)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            deflate.Write(new byte[count]);
        }

        return packed.ToArray();
    }
}
