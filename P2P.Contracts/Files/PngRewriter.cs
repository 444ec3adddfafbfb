using System.Buffers.Binary;
using System.Text;

namespace P2P.Contracts.Files;

/// <summary>
/// Writes a PNG anew: head, palette, transparency, picture data, end, each with its checksum verified. Every other chunk (EXIF, texts, times,
/// colour profiles, animation) and what follows the end is left out.
/// </summary>
internal sealed class PngRewriter(ByteSource source, Stream target)
{
    private const int PaletteBytesMax = 768;
    private const int ChunksMax = 65_536;
    private const uint ChunkBytesMax = int.MaxValue;

    private byte _colour;
    private int _depth;
    private int _width;
    private int _height;
    private int _paletteColours;
    private bool _hasTransparency;
    private Stage _stage = Stage.Start;

    /// <summary>Where in the file's order the reader stands.</summary>
    private enum Stage
    {
        Start,
        BeforeData,
        InData,
        AfterData,
    }

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public FileFacts Run()
    {
        Span<byte> head = stackalloc byte[8];
        source.Fill(head);
        Ensure(head.SequenceEqual(Signature), "A PNG begins with its mark");
        target.Write(head);
        var dataBytes = 0L;
        Span<byte> type = stackalloc byte[4];
        for (var chunks = 0; chunks < ChunksMax; chunks++)
        {
            var length = source.BigInt();
            source.Fill(type);
            Ensure(length <= ChunkBytesMax, "A chunk of the PNG is longer than any may be");
            foreach (var letter in type)
            {
                Ensure(char.IsAsciiLetter((char)letter), "A chunk of the PNG has no name");
            }

            var name = Encoding.ASCII.GetString(type);
            Ensure(_stage != Stage.Start || name == "IHDR", "A PNG begins with its head");
            _stage = _stage == Stage.InData && name != "IDAT" ? Stage.AfterData : _stage;
            switch (name)
            {
                case "IHDR":
                    Ensure(_stage == Stage.Start && length == 13, "A PNG has one head");
                    Keep(type, length, ReadHead);
                    _stage = Stage.BeforeData;
                    break;
                case "PLTE":
                    Ensure(_stage == Stage.BeforeData && !_hasTransparency && length <= PaletteBytesMax, "The PNG's palette is wrong");
                    Keep(type, length, ReadPalette);
                    break;
                case "tRNS":
                    Ensure(_stage == Stage.BeforeData && length <= PaletteBytesMax, "The PNG's transparency is wrong");
                    Keep(type, length, ReadTransparency);
                    break;
                case "IDAT":
                    Ensure(_stage is Stage.BeforeData or Stage.InData, "A PNG's data stands in one place");
                    Ensure(_colour != 3 || _paletteColours > 0, "The PNG has no palette");
                    Stream(type, length);
                    dataBytes += length;
                    _stage = Stage.InData;
                    break;
                case "IEND":
                    Ensure(length == 0 && dataBytes > 0, "The PNG ends before its data");
                    Keep(type, length, static _ => { });
                    return new FileFacts(FileKind.Png, _width, _height);
                default:
                    Ensure(char.IsAsciiLetterLower(name[0]), $"The PNG cannot be shown without {name}");
                    Pass(type, length, static _ => { });
                    break;
            }
        }

        throw FileFault.Malformed("The PNG has too many chunks");
    }

    /// <summary>A small chunk: read whole, checked, then written.</summary>
    private void Keep(ReadOnlySpan<byte> type, uint length, Action<byte[]> read)
    {
        var body = new byte[length];
        var at = 0;
        var crc = Pass(type, length, piece =>
        {
            piece.CopyTo(body.AsSpan(at));
            at += piece.Length;
        });
        read(body);
        WriteHead(type, length);
        target.Write(body);
        WriteInt(crc);
    }

    /// <summary>Picture data: written as it is read. A wrong checksum ends the whole.</summary>
    private void Stream(ReadOnlySpan<byte> type, uint length)
    {
        WriteHead(type, length);
        WriteInt(Pass(type, length, target.Write));
    }

    /// <summary>Hands a chunk over and verifies its checksum, which it returns.</summary>
    private uint Pass(ReadOnlySpan<byte> type, uint length, ByteSource.ReadOnlySpanAction action)
    {
        var crc = new Crc32();
        crc.Add(type);
        source.Each(length, piece =>
        {
            crc.Add(piece);
            action(piece);
        });
        Ensure(source.BigInt() == crc.Value, "A checksum of the PNG is wrong");
        return crc.Value;
    }

    private void ReadHead(byte[] body)
    {
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(4)));
        Ensure(width <= int.MaxValue && height <= int.MaxValue, "The PNG's size is none");
        FileFault.EnsurePixels(width, height);
        (_width, _height, _depth, _colour) = ((int)width, (int)height, body[8], body[9]);
        var isDepthKnown = (_colour, _depth) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16) => true,
            _ => false,
        };
        Ensure(isDepthKnown && body[10] == 0 && body[11] == 0 && body[12] <= 1, "The PNG's head is none that is shown");
    }

    private void ReadPalette(byte[] body)
    {
        Ensure(_paletteColours == 0 && body.Length > 0 && body.Length % 3 == 0 && _colour is 2 or 3 or 6, "The PNG's palette is wrong");
        _paletteColours = body.Length / 3;
        Ensure(_colour != 3 || _paletteColours <= 1 << _depth, "The PNG's palette is wrong");
    }

    private void ReadTransparency(byte[] body)
    {
        var fits = _colour switch
        {
            0 => body.Length == 2,
            2 => body.Length == 6,
            3 => body.Length > 0 && body.Length <= _paletteColours,
            _ => false,
        };
        Ensure(fits && !_hasTransparency, "The PNG's transparency is wrong");
        _hasTransparency = true;
    }

    private void WriteHead(ReadOnlySpan<byte> type, uint length)
    {
        WriteInt(length);
        target.Write(type);
    }

    private void WriteInt(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        target.Write(bytes);
    }

    private static void Ensure(bool holds, string message)
    {
        if (!holds)
        {
            throw FileFault.Malformed(message);
        }
    }
}
