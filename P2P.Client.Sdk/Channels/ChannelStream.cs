using System.Buffers.Binary;

namespace P2P.Client.Sdk.Channels;

/// <summary>
/// Messages in order, each once, over a way that loses, and that changes. It knows no clock, no network and no keys: what it makes is sealed and sent by
/// others. Each side numbers its segments from 1 on; the other acknowledges them, and what is not acknowledged is sent again.
/// </summary>
/// <remarks>
/// Plain frames: <c>1 | seq (8) | part of the byte stream</c>; <c>2 | acknowledged (8)</c>; <c>3 | own stream (16) | the other's stream, as far as it is known
/// (16) | acknowledged (8)</c> at the beginning of a session; <c>4</c> for good-bye. The byte stream is <c>length (4) | message</c>, over and over.
/// </remarks>
internal sealed class ChannelStream
{
    /// <summary>Bytes of the stream in one segment.</summary>
    public const int SegmentBytesMax = 16 * 1024;

    /// <summary>Bytes of one message.</summary>
    public const int MessageBytesMax = (1024 * 1024) + 1;

    private const int WindowMax = 64;
    private const byte Data = 1;
    private const byte Acknowledgement = 2;
    private const byte Resume = 3;
    private const byte Bye = 4;

    private readonly Queue<byte[]> _packed = new();
    private readonly Queue<long> _packedUpTo = new();
    private Queue<byte[]> _messages = new();
    private byte[] _incoming = [];
    private readonly List<byte[]> _unacknowledged = [];
    private long _firstUnacknowledged = 1;
    private int _sent;
    private int _taken;
    private long _expected = 1;
    private bool _mustAcknowledge;
    private bool _mustResume;

    /// <summary>Which stream of its side this is: another one begins anew.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>The other side's stream; empty before it was heard of.</summary>
    public Guid OtherId { get; private set; }

    /// <summary>Both sides know where the other stands.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>The other side has said good-bye, or something that no program of ours says.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Messages that the other side does not have yet, for all that is known here.</summary>
    public int Waiting => _messages.Count + _packed.Count;

    /// <summary>What was sent waits for the other side.</summary>
    public bool IsWaited => _sent > 0;

    /// <summary>How far the other side has acknowledged: it grows as long as things go on.</summary>
    public long Acknowledged => _firstUnacknowledged - 1;

    public void Queue(byte[] message)
    {
        if (message.Length > MessageBytesMax)
        {
            throw new ArgumentException($"A message has at most {MessageBytesMax} bytes.", nameof(message));
        }

        _messages.Enqueue(message);
    }

    /// <summary>A new session has begun: each side says first where it stands.</summary>
    public void Begin() => (_mustResume, IsResumed, _sent) = (true, false, 0);

    /// <summary>Nothing was heard for a while: what was not acknowledged is sent again.</summary>
    public void SendAgain()
    {
        _sent = 0;
        _mustResume = !IsResumed;
    }

    /// <summary>The next frame that is to be sent; null when there is none now.</summary>
    public byte[]? Next()
    {
        if (_mustResume)
        {
            (_mustResume, _mustAcknowledge) = (false, false);
            var resume = new byte[41];
            resume[0] = Resume;
            Id.TryWriteBytes(resume.AsSpan(1), bigEndian: true, out _);
            OtherId.TryWriteBytes(resume.AsSpan(17), bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(resume.AsSpan(33), _expected - 1);
            return resume;
        }

        if (!IsResumed)
        {
            return null;
        }

        if (_sent < WindowMax && (_sent < _unacknowledged.Count || Pack()))
        {
            var segment = _unacknowledged[_sent];
            var frame = new byte[9 + segment.Length];
            frame[0] = Data;
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(1), _firstUnacknowledged + _sent++);
            segment.CopyTo(frame, 9);
            return frame;
        }

        if (!_mustAcknowledge)
        {
            return null;
        }

        _mustAcknowledge = false;
        var acknowledgement = new byte[9];
        acknowledgement[0] = Acknowledgement;
        BinaryPrimitives.WriteInt64BigEndian(acknowledgement.AsSpan(1), _expected - 1);
        return acknowledgement;
    }

    /// <summary>The frame that says good-bye.</summary>
    public static byte[] GoodBye() => [Bye];

    /// <summary>Takes a frame of the other side; answers the messages that are whole now, in order.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isFull">Whoever reads lags behind: no segment is taken, so that the other side sends it again later.</param>
    public IReadOnlyList<byte[]> Take(ReadOnlySpan<byte> frame, bool isFull = false)
    {
        switch (frame)
        {
            case [Resume, ..] when frame.Length == 41:
                TakeResume(
                    new Guid(frame[1..17], bigEndian: true), new Guid(frame[17..33], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(frame[33..]));
                return [];
            case [Acknowledgement, ..] when frame.Length == 9:
                Acknowledge(BinaryPrimitives.ReadInt64BigEndian(frame[1..]));
                return [];
            case [Data, ..] when frame.Length > 9:
                return isFull || HasEnded ? [] : TakeData(BinaryPrimitives.ReadInt64BigEndian(frame[1..]), frame[9..]);
            case [Bye]:
                HasEnded = true;
                return [];
            default:
                return []; // A later version's: it is not understood, and not needed.
        }
    }

    private void TakeResume(Guid other, Guid ownAsKnown, long acknowledged)
    {
        if (OtherId != other)
        {
            // Another program, or the first one: it has nothing yet, so what waits is sent whole and numbered from 1 on, and so is what it sends.
            OtherId = other;
            _expected = 1;
            _incoming = [];
            _messages = new Queue<byte[]>(_packed.Concat(_messages));
            _packed.Clear();
            _packedUpTo.Clear();
            _unacknowledged.Clear();
            (_firstUnacknowledged, _taken) = (1, 0);
        }

        if (ownAsKnown == Id)
        {
            Acknowledge(acknowledged);
        }
        else
        {
            // It has not heard of this stream, and takes nothing before it has.
            _mustResume = true;
        }

        IsResumed = true;
        _sent = 0;
    }

    private void Acknowledge(long upTo)
    {
        var count = (int)Math.Clamp(upTo - _firstUnacknowledged + 1, 0, _unacknowledged.Count);
        _unacknowledged.RemoveRange(0, count);
        _firstUnacknowledged += count;
        _sent = Math.Max(0, _sent - count);
        while (_packedUpTo.TryPeek(out var last) && last < _firstUnacknowledged)
        {
            _packedUpTo.Dequeue();
            _packed.Dequeue();
        }
    }

    private List<byte[]> TakeData(long seq, ReadOnlySpan<byte> part)
    {
        _mustAcknowledge = true;
        if (!IsResumed || seq != _expected)
        {
            return [];
        }

        _expected++;
        ReadOnlySpan<byte> bytes = [.. _incoming, .. part];
        List<byte[]> whole = [];
        var at = 0;
        while (bytes.Length - at >= sizeof(int))
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
            if (length is < 0 or > MessageBytesMax)
            {
                // No program of ours sends that: whatever it is, it is heard no further.
                HasEnded = true;
                _incoming = [];
                return whole;
            }

            if (bytes.Length - at - sizeof(int) < length)
            {
                break;
            }

            whole.Add(bytes.Slice(at + sizeof(int), length).ToArray());
            at += sizeof(int) + length;
        }

        _incoming = bytes[at..].ToArray();
        return whole;
    }

    /// <summary>Makes the next segment of what waits: many short messages in one, a long one in several.</summary>
    private bool Pack()
    {
        if (_messages.Count == 0)
        {
            return false;
        }

        var seq = _firstUnacknowledged + _unacknowledged.Count;
        var segment = new MemoryStream(SegmentBytesMax);
        Span<byte> length = stackalloc byte[sizeof(int)];
        while (segment.Length < SegmentBytesMax && _messages.TryPeek(out var message))
        {
            // A message's length is never torn from its first byte.
            if (_taken == 0)
            {
                if (segment.Length + sizeof(int) >= SegmentBytesMax)
                {
                    break;
                }

                BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
                segment.Write(length);
            }

            var part = Math.Min(message.Length - _taken, SegmentBytesMax - (int)segment.Length);
            segment.Write(message, _taken, part);
            _taken += part;
            if (_taken == message.Length)
            {
                _packed.Enqueue(_messages.Dequeue());
                _packedUpTo.Enqueue(seq);
                _taken = 0;
            }
        }

        _unacknowledged.Add(segment.ToArray());
        return true;
    }
}
