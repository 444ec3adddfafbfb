using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using P2P.Client.Sdk.Encryption;

namespace P2P.Client.Sdk.Channels;

/// <summary>What a file is, before any of it is sent.</summary>
internal sealed record FileOffer(Guid Id, long Size, byte[] Hash, string Name);

/// <summary>
/// Files over a channel, in both directions, as messages of their own kinds (docs/channels.md). The channel carries them once and in order; what is here is
/// who wants which part, and what happens when one side begins anew.
/// </summary>
internal sealed class ChannelFiles(Func<byte[], CancellationToken, ValueTask> send)
{
    public const byte Offer = 1;
    public const byte Take = 2;
    public const byte Part = 3;
    public const byte Progress = 4;
    public const byte Has = 5;
    public const byte No = 6;

    public const int PartBytesMax = 64 * 1024;

    /// <summary>Parts that may wait for the disk; a sender has no more than half of them on their way.</summary>
    public const int PartsMax = 32;

    private const int WindowBytes = PartsMax / 2 * PartBytesMax;
    private const int OffersMax = 64;
    private const int NameBytesMax = 255;
    private const int HeadBytes = 17;
    private const string EndedText = "The channel has ended.";
    private const int OfferBytes = HeadBytes + sizeof(long) + SHA256.HashSizeInBytes;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, OutgoingFile> _outgoing = [];
    private readonly Dictionary<Guid, ChannelFile> _incoming = [];
    private readonly Channel<ChannelFile> _offers = Channel.CreateUnbounded<ChannelFile>();
    private bool _hasEnded;

    /// <summary>Files that the other side offers.</summary>
    public ChannelReader<ChannelFile> Offers => _offers.Reader;

    /// <summary>Offers a file, sends what the other side asks for, and returns when it has all of it; false when it does not want it.</summary>
    public async Task<bool> SendAsync(Stream content, string name, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var hash = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        var offer = Write(new FileOffer(Guid.CreateVersion7(), content.Length, hash, name));
        var id = IdOf(offer);
        var file = new OutgoingFile();
        lock (_gate)
        {
            if (_hasEnded)
            {
                throw Ended();
            }

            _outgoing[id] = file;
        }

        try
        {
            return await SendAsync(content, offer, file, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            throw Ended();
        }
        catch
        {
            TellLast(No, id);
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _outgoing.Remove(id);
            }
        }
    }

    /// <summary>Takes a message of a file's; what is malformed or belongs to nothing is passed over.</summary>
    public void Hear(byte[] message)
    {
        if (message.Length < HeadBytes)
        {
            return;
        }

        var id = IdOf(message);
        switch (message[0])
        {
            case Offer when Read(message) is { } offer:
                Hear(offer);
                break;
            case Part when message.Length is > HeadBytes + sizeof(long) and <= HeadBytes + sizeof(long) + PartBytesMax:
                HearPart(id, NumberOf(message), message[(HeadBytes + sizeof(long))..]);
                break;
            case Take or Progress when message.Length == HeadBytes + sizeof(long):
                Outgoing(id)?.Hear(NumberOf(message), isAnew: message[0] == Take);
                break;
            case Has or No when message.Length == HeadBytes:
                Outgoing(id)?.End(message[0] == Has);
                EndIncoming(id, "The other side has taken the file back.");
                break;
        }
    }

    /// <summary>The other side is another program now: it is offered again what it did not get, and what it sent half is over.</summary>
    public void Restart()
    {
        List<ChannelFile> incoming;
        lock (_gate)
        {
            incoming = [.. _incoming.Values];
            _incoming.Clear();
            foreach (var file in _outgoing.Values)
            {
                file.Restart();
            }
        }

        incoming.ForEach(file => file.End("The other side has begun anew, and may offer the file again."));
    }

    /// <summary>The channel is over.</summary>
    public void End()
    {
        List<ChannelFile> incoming;
        lock (_gate)
        {
            _hasEnded = true;
            incoming = [.. _incoming.Values];
            _incoming.Clear();
            foreach (var file in _outgoing.Values)
            {
                file.End(null);
            }
        }

        incoming.ForEach(file => file.End(EndedText));
        _offers.Writer.TryComplete();
    }

    public ValueTask TellAsync(byte kind, Guid id, long number, CancellationToken cancellationToken) => send(Write(kind, id, number), cancellationToken);

    /// <summary>A transfer is over here, and the other side is told how.</summary>
    public void EndIncoming(ChannelFile file, byte how)
    {
        lock (_gate)
        {
            if (_incoming.GetValueOrDefault(file.Id) != file)
            {
                return; // Nobody waits for the answer any more.
            }

            _incoming.Remove(file.Id);
        }

        TellLast(how, file.Id);
    }

    /// <summary>A name without folders that every system takes.</summary>
    public static string SafeName(string name)
    {
        var last = SafeText.Of(name).Split('/', '\\')[^1];
        var safe = string.Concat(last.Select(c => c is ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(c) ? '_' : c)).Trim(' ', '.');
        return safe.Length == 0 ? "file" : safe;
    }

    private static IOException Ended() => new(EndedText);

    private async Task<bool> SendAsync(Stream content, byte[] offer, OutgoingFile file, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var (id, buffer) = (IdOf(offer), new byte[PartBytesMax]);
        var (generation, at, told) = (-1, -1L, 0L); // The first look finds generation 0: offer it.
        while (true)
        {
            var now = file.Look();
            var taken = now.Ended is { HasIt: true } ? content.Length : Math.Min(now.Taken, content.Length);
            if (taken > told)
            {
                told = taken;
                progress?.Report(told);
            }

            if (now.Ended is { } end)
            {
                return end.HasIt ?? throw Ended();
            }

            if (now.Generation != generation)
            {
                (generation, at) = (now.Generation, Math.Min(now.Taken, content.Length));
                if (at < 0)
                {
                    await send(offer, cancellationToken).ConfigureAwait(false);
                    continue;
                }
            }

            if (at >= 0 && at < content.Length && at - now.Taken < WindowBytes)
            {
                content.Position = at;
                var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    throw new InvalidOperationException("The file became shorter while it was sent.");
                }

                await send([.. Write(Part, id, at), .. buffer.AsSpan(0, read)], cancellationToken).ConfigureAwait(false);
                at += read;
                continue;
            }

            await now.Changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Hear(FileOffer offer)
    {
        bool isTooMany;
        lock (_gate)
        {
            if (_hasEnded || _incoming.ContainsKey(offer.Id))
            {
                return;
            }

            isTooMany = _incoming.Count >= OffersMax;
            if (!isTooMany)
            {
                var file = new ChannelFile(this, offer);
                _incoming[offer.Id] = file;
                _offers.Writer.TryWrite(file);
            }
        }

        if (isTooMany)
        {
            TellLast(No, offer.Id);
        }
    }

    private void HearPart(Guid id, long offset, byte[] bytes)
    {
        ChannelFile? file;
        lock (_gate)
        {
            file = _incoming.GetValueOrDefault(id);
        }

        if (file is not null && !file.Hear(offset, bytes))
        {
            // No program of ours sends more than was asked for.
            EndIncoming(id, "The other side sends more than was asked for.");
            TellLast(No, id);
        }
    }

    private void EndIncoming(Guid id, string why)
    {
        ChannelFile? file;
        lock (_gate)
        {
            _incoming.Remove(id, out file);
        }

        file?.End(why);
    }

    private OutgoingFile? Outgoing(Guid id)
    {
        lock (_gate)
        {
            return _outgoing.GetValueOrDefault(id);
        }
    }

    /// <summary>Says the last word about a file, as soon as there is room for it; whoever ends a transfer does not wait for that.</summary>
    private void TellLast(byte kind, Guid id)
    {
        _ = TellAsync();

        async Task TellAsync()
        {
            try
            {
                await send([kind, .. id.ToByteArray(bigEndian: true)], CancellationToken.None).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // The channel is closed: the other side learns it by that.
            }
        }
    }

    private static byte[] Write(FileOffer offer)
    {
        var made = new byte[OfferBytes + Encoding.UTF8.GetByteCount(offer.Name)];
        if (made.Length > OfferBytes + NameBytesMax)
        {
            throw new ArgumentException($"A file's name has at most {NameBytesMax} bytes.", nameof(offer));
        }

        made[0] = Offer;
        offer.Id.TryWriteBytes(made.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(made.AsSpan(HeadBytes), offer.Size);
        offer.Hash.CopyTo(made, HeadBytes + sizeof(long));
        Encoding.UTF8.GetBytes(offer.Name, made.AsSpan(OfferBytes));
        return made;
    }

    private static FileOffer? Read(byte[] message) =>
        message.Length is >= OfferBytes and <= OfferBytes + NameBytesMax && NumberOf(message) >= 0
            ? new FileOffer(
                IdOf(message), NumberOf(message), message[(HeadBytes + sizeof(long))..OfferBytes], Encoding.UTF8.GetString(message.AsSpan(OfferBytes)))
            : null;

    private static byte[] Write(byte kind, Guid id, long number)
    {
        var made = new byte[HeadBytes + sizeof(long)];
        made[0] = kind;
        id.TryWriteBytes(made.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(made.AsSpan(HeadBytes), number);
        return made;
    }

    private static Guid IdOf(byte[] message) => new(message.AsSpan(1, 16), bigEndian: true);

    private static long NumberOf(byte[] message) => BinaryPrimitives.ReadInt64BigEndian(message.AsSpan(HeadBytes));
}

/// <summary>How far the other side is with a file that is sent.</summary>
internal sealed class OutgoingFile
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _taken = -1;
    private int _generation;
    private HowItEnded? _ended;

    /// <summary>
    /// Where it stands: bytes taken (-1: it has to be offered or is thought about), how often that began anew, and in the end whether the other side has it
    /// (no value: the channel is over). Changed ends with the next change.
    /// </summary>
    public (long Taken, int Generation, HowItEnded? Ended, Task Changed) Look()
    {
        lock (_gate)
        {
            return (_taken, _generation, _ended, _changed.Task);
        }
    }

    public void Hear(long taken, bool isAnew) => Change(() =>
    {
        if (isAnew)
        {
            (_taken, _generation) = (Math.Max(0, taken), _generation + 1);
        }
        else if (_taken >= 0)
        {
            _taken = Math.Max(_taken, taken);
        }
    });

    public void Restart() => Change(() => (_taken, _generation) = (-1, _generation + 1));

    /// <param name="hasIt">Null when the channel is over.</param>
    public void End(bool? hasIt) => Change(() => _ended ??= new HowItEnded(hasIt));

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

/// <param name="HasIt">Null when the channel is over.</param>
internal sealed record HowItEnded(bool? HasIt);
