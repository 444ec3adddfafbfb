using System.Buffers.Binary;

namespace P2P.Contracts.Files;

/// <summary>Reads a file from front to end through one small buffer. Whatever is missing is a file that was cut off.</summary>
internal sealed class ByteSource(Stream stream)
{
    private const int BufferBytes = 64 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _at;
    private int _end;

    /// <summary>What lies ready; empty at the end of the file only.</summary>
    public ReadOnlySpan<byte> Ready()
    {
        if (_at == _end)
        {
            _at = 0;
            _end = stream.Read(_buffer, 0, BufferBytes);
        }

        return _buffer.AsSpan(_at, _end - _at);
    }

    /// <summary>Takes so many of the bytes that lie ready.</summary>
    public void Take(int count) => _at += count;

    public byte Byte()
    {
        var ready = Ready();
        if (ready.IsEmpty)
        {
            throw FileFault.CutOff();
        }

        var value = ready[0];
        Take(1);
        return value;
    }

    public void Fill(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var ready = Ready();
            if (ready.IsEmpty)
            {
                throw FileFault.CutOff();
            }

            var count = Math.Min(ready.Length, target.Length);
            ready[..count].CopyTo(target);
            Take(count);
            target = target[count..];
        }
    }

    public ushort BigShort()
    {
        Span<byte> bytes = stackalloc byte[2];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public uint BigInt()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public uint LittleInt()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>Hands over so many bytes in pieces.</summary>
    public void Each(long count, ReadOnlySpanAction action)
    {
        while (count > 0)
        {
            var ready = Ready();
            if (ready.IsEmpty)
            {
                throw FileFault.CutOff();
            }

            var piece = (int)Math.Min(ready.Length, count);
            action(ready[..piece]);
            Take(piece);
            count -= piece;
        }
    }

    public void Skip(long count) => Each(count, static _ => { });

    public void Copy(long count, Stream target) => Each(count, target.Write);

    public delegate void ReadOnlySpanAction(ReadOnlySpan<byte> piece);
}
