using System.Buffers.Binary;

namespace P2P.Contracts.Files;

/// <summary>What a JPEG's segments must say, and its frame for the scans that follow.</summary>
internal sealed class JpegFrame
{
    private const int Precision = 8;
    private const int TablesMax = 4;
    private const int CoefficientsMax = 64;
    private const int HuffmanLengths = 16;
    private const int HuffmanCodesMax = 256;

    private readonly List<byte> _components = [];
    private bool _isProgressive;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Restart marks may stand in the scans.</summary>
    public bool HasRestarts { get; private set; }

    public void Read(byte[] body, bool isProgressive)
    {
        Ensure(_components.Count == 0 && body.Length >= 6, "A JPEG has one frame");
        Width = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(3));
        Height = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(1));
        FileFault.EnsurePixels(Width, Height);
        int count = body[5];
        Ensure(body[0] == Precision && count is 1 or 3 or 4 && body.Length == 6 + (3 * count), "The JPEG's frame is none that is shown");
        for (var i = 6; i < body.Length; i += 3)
        {
            var (across, down, table) = (body[i + 1] >> 4, body[i + 1] & 15, body[i + 2]);
            Ensure(
                across is >= 1 and <= 4 && down is >= 1 and <= 4 && table < TablesMax && !_components.Contains(body[i]),
                "A component of the JPEG's frame is wrong");
            _components.Add(body[i]);
        }

        _isProgressive = isProgressive;
    }

    public void CheckScan(byte[] body)
    {
        Ensure(_components.Count > 0, "A JPEG's frame comes before its scans");
        Ensure(body.Length > 0 && body[0] is >= 1 and <= 4 && body.Length == 4 + (2 * body[0]), "The head of a JPEG's scan is wrong");
        var seen = 0;
        for (var i = 1; i <= 2 * body[0]; i += 2)
        {
            var component = _components.IndexOf(body[i]);
            Ensure(
                component >= 0 && (seen & (1 << component)) == 0 && (body[i + 1] >> 4) < TablesMax && (body[i + 1] & 15) < TablesMax,
                "A JPEG's scan names a component that it has not");
            seen |= 1 << component;
        }

        var (first, last) = (body[^3], body[^2]);
        Ensure(
            !_isProgressive || (first <= last && last < CoefficientsMax && (first > 0 || last == 0)),
            "A JPEG's scan names coefficients that it has not");
    }

    public static void CheckQuantisation(byte[] body)
    {
        var at = 0;
        while (at < body.Length)
        {
            var (precision, table) = (body[at] >> 4, body[at] & 15);
            Ensure(precision <= 1 && table < TablesMax, "A JPEG's quantisation table is wrong");
            at += 1 + (CoefficientsMax << precision);
        }

        Ensure(at == body.Length && at > 0, "A JPEG's quantisation table is cut off");
    }

    public static void CheckHuffman(byte[] body)
    {
        var at = 0;
        while (at < body.Length)
        {
            Ensure((body[at] >> 4) <= 1 && (body[at] & 15) < TablesMax, "A JPEG's Huffman table is wrong");
            Ensure(body.Length - at > HuffmanLengths, "A JPEG's Huffman table is cut off");
            var codes = 0;
            for (var i = 1; i <= HuffmanLengths; i++)
            {
                codes += body[at + i];
            }

            Ensure(codes <= HuffmanCodesMax, "A JPEG's Huffman table is wrong");
            at += 1 + HuffmanLengths + codes;
        }

        Ensure(at == body.Length && at > 0, "A JPEG's Huffman table is cut off");
    }

    public void CheckRestart(byte[] body)
    {
        Ensure(body.Length == 2, "A JPEG's restart interval is wrong");
        HasRestarts = body[0] != 0 || body[1] != 0;
    }

    private static void Ensure(bool holds, string message)
    {
        if (!holds)
        {
            throw FileFault.Malformed(message);
        }
    }
}
