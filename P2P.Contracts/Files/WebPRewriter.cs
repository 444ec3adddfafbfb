using System.Buffers.Binary;
using System.Text;

namespace P2P.Contracts.Files;

/// <summary>
/// Writes a WebP anew: picture, transparency and animation. EXIF, XMP, colour profiles, chunks without a meaning here and what follows the
/// end are left out, and the head's flags and lengths are made to say so.
/// </summary>
internal sealed class WebPRewriter(ByteSource source, Stream target)
{
    private const byte Animated = 0x02;
    private const byte Transparent = 0x10;
    private const int HeadBytes = 12;
    private const int FrameHeadBytes = 16;
    private const int FramesMax = 1_000;
    private const int ChunksMax = 4_096;

    private int _chunks;

    public FileFacts Run()
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        source.Fill(head);
        Ensure(head[..4].SequenceEqual("RIFF"u8) && head[8..].SequenceEqual("WEBP"u8), "A WebP begins with its mark");
        var left = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) - 4L;
        var start = target.Position;
        target.Write(head);
        var (type, length) = Next(ref left);
        var facts = type switch
        {
            "VP8X" => Extended(length, left),
            _ => Facts(Picture(type, length)),
        };
        Patch(start + 4, target.Position - start - 8);
        return facts;
    }

    private FileFacts Extended(long length, long left)
    {
        Ensure(length == 10, "The WebP's head is wrong");
        var body = new byte[length];
        source.Fill(body);
        var (width, height) = (Size(body, 4), Size(body, 7));
        FileFault.EnsurePixels(width, height);
        var isAnimated = (body[0] & Animated) != 0;
        body[0] &= Animated | Transparent;
        body.AsSpan(1, 3).Clear();
        WriteHead("VP8X"u8, length);
        target.Write(body);
        if (isAnimated)
        {
            Frames(width, height, left);
        }
        else
        {
            Ensure(Still(left) == (width, height), "The WebP's picture has another size than its head");
        }

        return new FileFacts(FileKind.WebP, width, height);
    }

    /// <summary>Transparency, if there is any, and one picture; all else is left out.</summary>
    private (int Width, int Height) Still(long left)
    {
        (int, int)? size = null;
        var hasAlpha = false;
        while (left > 0)
        {
            var (type, length) = Next(ref left);
            switch (type)
            {
                case "ALPH" when size is null && !hasAlpha && length > 1:
                    hasAlpha = true;
                    WriteHead("ALPH"u8, length);
                    Copy(length);
                    break;
                case "VP8 " or "VP8L" when size is null && !(hasAlpha && type == "VP8L"):
                    size = Picture(type, length);
                    break;
                case "ALPH" or "VP8 " or "VP8L" or "VP8X" or "ANIM" or "ANMF":
                    throw FileFault.Malformed("The WebP's parts do not fit together");
                default:
                    source.Skip(length + (length & 1));
                    break;
            }
        }

        return size ?? throw FileFault.Malformed("The WebP has no picture");
    }

    private void Frames(int width, int height, long left)
    {
        var frames = 0;
        var hasAnimation = false;
        while (left > 0)
        {
            var (type, length) = Next(ref left);
            switch (type)
            {
                case "ANIM" when !hasAnimation && length == 6:
                    hasAnimation = true;
                    WriteHead("ANIM"u8, length);
                    Copy(length);
                    break;
                case "ANMF" when hasAnimation && frames < FramesMax && length > FrameHeadBytes:
                    frames++;
                    Frame(width, height, length);
                    break;
                case "ALPH" or "VP8 " or "VP8L" or "VP8X" or "ANIM" or "ANMF":
                    throw FileFault.Malformed("The WebP's parts do not fit together");
                default:
                    source.Skip(length + (length & 1));
                    break;
            }
        }

        Ensure(frames > 0, "The WebP has no picture");
    }

    private void Frame(int width, int height, long length)
    {
        Ensure((length & 1) == 0, "A frame of the WebP is wrong");
        var start = target.Position;
        WriteHead("ANMF"u8, length);
        var body = new byte[FrameHeadBytes];
        source.Fill(body);
        var (left, top) = (2L * Three(body, 0), 2L * Three(body, 3));
        var (across, down) = (Size(body, 6), Size(body, 9));
        Ensure(left + across <= width && top + down <= height, "A frame of the WebP lies outside its picture");
        body[15] &= 0x03;
        target.Write(body);
        Ensure(Still(length - FrameHeadBytes) == (across, down), "A frame of the WebP has another size than its head");
        Patch(start + 4, target.Position - start - 8);
    }

    /// <summary>Copies one coded picture, whose own head says its size.</summary>
    private (int Width, int Height) Picture(string type, long length)
    {
        var isLossless = type == "VP8L";
        Ensure(isLossless || type == "VP8 ", "The WebP has no picture");
        var head = new byte[isLossless ? 5 : 10];
        Ensure(length > head.Length, "The WebP's picture is cut off");
        source.Fill(head);
        int width, height;
        if (isLossless)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(1));
            (width, height) = ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
            Ensure(head[0] == 0x2F && bits >> 29 == 0, "The WebP's picture has no head");
        }
        else
        {
            width = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6)) & 0x3FFF;
            height = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(8)) & 0x3FFF;
            Ensure((head[0] & 1) == 0 && head is [_, _, _, 0x9D, 0x01, 0x2A, ..], "The WebP's picture has no head");
        }

        FileFault.EnsurePixels(width, height);
        WriteHead(isLossless ? "VP8L"u8 : "VP8 "u8, length);
        target.Write(head);
        Copy(length - head.Length);
        return (width, height);
    }

    /// <summary>The next chunk's name and length; it must lie within what is left of the part that it stands in.</summary>
    private (string Type, long Length) Next(ref long left)
    {
        Ensure(left >= 8 && ++_chunks <= ChunksMax, "The WebP's parts do not fit together");
        Span<byte> type = stackalloc byte[4];
        source.Fill(type);
        long length = source.LittleInt();
        left -= 8 + length + (length & 1);
        Ensure(left >= 0, "A part of the WebP is longer than the whole");
        return (Encoding.Latin1.GetString(type), length);
    }

    /// <summary>Copies the rest of a chunk; an odd one is followed by a byte that means nothing and is written as 0.</summary>
    private void Copy(long length)
    {
        source.Copy(length, target);
        if ((target.Position & 1) == 1)
        {
            source.Byte();
            target.WriteByte(0);
        }
    }

    private void WriteHead(ReadOnlySpan<byte> type, long length)
    {
        target.Write(type);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)length);
        target.Write(bytes);
    }

    private void Patch(long at, long length)
    {
        var end = target.Position;
        target.Position = at;
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)length);
        target.Write(bytes);
        target.Position = end;
    }

    private static FileFacts Facts((int Width, int Height) size) => new(FileKind.WebP, size.Width, size.Height);

    private static int Three(byte[] body, int at) => body[at] | (body[at + 1] << 8) | (body[at + 2] << 16);

    /// <summary>A size is written as one less.</summary>
    private static int Size(byte[] body, int at) => Three(body, at) + 1;

    private static void Ensure(bool holds, string message)
    {
        if (!holds)
        {
            throw FileFault.Malformed(message);
        }
    }
}
