using System.Buffers.Binary;

namespace P2P.Contracts.Files;

/// <summary>
/// Writes a JPEG anew: tables, frame, scans and Adobe's colour transform, each checked against its own lengths. Every other segment (EXIF,
/// XMP, thumbnails, comments) and what follows the end is left out.
/// </summary>
internal sealed class JpegRewriter(ByteSource source, Stream target)
{
    private const byte Sof0 = 0xC0;
    private const byte Sof1 = 0xC1;
    private const byte Sof2 = 0xC2;
    private const byte Dht = 0xC4;
    private const byte Rst0 = 0xD0;
    private const byte Rst7 = 0xD7;
    private const byte Soi = 0xD8;
    private const byte Eoi = 0xD9;
    private const byte Sos = 0xDA;
    private const byte Dqt = 0xDB;
    private const byte Dri = 0xDD;
    private const byte App0 = 0xE0;
    private const byte App14 = 0xEE;
    private const byte App15 = 0xEF;
    private const byte Com = 0xFE;
    private const int ScansMax = 200;
    private const int SegmentsMax = 4_096;

    private readonly JpegFrame _frame = new();
    private int _scans;

    public FileFacts Run()
    {
        if (source.Byte() != 0xFF || source.Byte() != Soi)
        {
            throw FileFault.Malformed("A JPEG begins with its mark");
        }

        Mark(Soi);
        byte? next = null;
        for (var segments = 0; segments < SegmentsMax; segments++)
        {
            var marker = next ?? Marker();
            next = null;
            switch (marker)
            {
                case Eoi when _scans > 0:
                    Mark(Eoi);
                    return new FileFacts(FileKind.Jpeg, _frame.Width, _frame.Height);
                case Sos when _scans < ScansMax:
                    Write(marker, Body(), _frame.CheckScan);
                    next = Entropy();
                    _scans++;
                    break;
                case Sof0 or Sof1 or Sof2:
                    Write(marker, Body(), body => _frame.Read(body, isProgressive: marker == Sof2));
                    break;
                case Dqt:
                    Write(marker, Body(), JpegFrame.CheckQuantisation);
                    break;
                case Dht:
                    Write(marker, Body(), JpegFrame.CheckHuffman);
                    break;
                case Dri:
                    Write(marker, Body(), _frame.CheckRestart);
                    break;
                case App14:
                    var adobe = Body();
                    if (IsAdobe(adobe))
                    {
                        Write(marker, adobe, static _ => { });
                    }

                    break;
                case (>= App0 and <= App15) or Com:
                    Body();
                    break;
                default:
                    throw FileFault.Malformed($"A JPEG has no segment {marker:X2} here");
            }
        }

        throw FileFault.Malformed("The JPEG has too many segments");
    }

    /// <summary>Only as long as the colour transform: what is longer could carry anything.</summary>
    private static bool IsAdobe(byte[] body) => body.Length == 12 && body.AsSpan().StartsWith("Adobe"u8);

    private void Write(byte marker, byte[] body, Action<byte[]> check)
    {
        check(body);
        Mark(marker);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        target.Write(length);
        target.Write(body);
    }

    private void Mark(byte marker)
    {
        target.WriteByte(0xFF);
        target.WriteByte(marker);
    }

    private byte Marker()
    {
        if (source.Byte() != 0xFF)
        {
            throw FileFault.Malformed("A JPEG's segments follow on each other");
        }

        return AfterFill();
    }

    /// <summary>Any number of fill bytes may stand before a marker.</summary>
    private byte AfterFill()
    {
        byte value;
        do
        {
            value = source.Byte();
        }
        while (value == 0xFF);
        return value;
    }

    private byte[] Body()
    {
        var length = source.BigShort();
        if (length < 2)
        {
            throw FileFault.Malformed("A JPEG's segment is shorter than its own length");
        }

        var body = new byte[length - 2];
        source.Fill(body);
        return body;
    }

    /// <summary>Copies a scan's coded data up to the next marker, which it returns.</summary>
    private byte Entropy()
    {
        var isEmpty = true;
        while (true)
        {
            var ready = source.Ready();
            if (ready.IsEmpty)
            {
                throw FileFault.CutOff();
            }

            var plain = ready.IndexOf((byte)0xFF);
            var count = plain < 0 ? ready.Length : plain;
            target.Write(ready[..count]);
            source.Take(count);
            isEmpty &= count == 0;
            if (plain < 0)
            {
                continue;
            }

            source.Take(1);
            var code = AfterFill();
            if (code is 0 || (code is >= Rst0 and <= Rst7 && _frame.HasRestarts))
            {
                Mark(code);
                isEmpty = false;
            }
            else if (isEmpty)
            {
                throw FileFault.Malformed("A JPEG's scan is empty");
            }
            else
            {
                return code;
            }
        }
    }
}
