using System.Security.Cryptography;
using System.Threading.Channels;

namespace P2P.Client.Sdk.Channels;

/// <summary>
/// A file that the other side of a channel offers. Nothing of it comes before <see cref="SaveAsync"/>. What is left alone is never sent; say
/// <see cref="Refuse"/> so that the other side need not wait.
/// </summary>
public sealed class ChannelFile
{
    private readonly ChannelFiles _files;
    private readonly Channel<(long Offset, byte[] Bytes)> _parts = Channel.CreateBounded<(long Offset, byte[] Bytes)>(
        new BoundedChannelOptions(ChannelFiles.PartsMax) { SingleReader = true });
    private int _isTaken;

    internal ChannelFile(ChannelFiles files, FileOffer offer) =>
        (_files, Id, Name, Size, Hash) = (files, offer.Id, ChannelFiles.SafeName(offer.Name), offer.Size, offer.Hash);

    /// <summary>The transfer's id, the sender's choice.</summary>
    public Guid Id { get; }

    /// <summary>What the sender calls it: a name for a file without folders, and without what turns the direction of text.</summary>
    public string Name { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    /// <summary>SHA-256 of the whole, as the sender says it; <see cref="SaveAsync"/> holds it to that.</summary>
    public IReadOnlyList<byte> Hash { get; }

    /// <summary>
    /// Takes the file and returns when all of it is on disk. What came of the same content before, also in an earlier program, lies beside the path in a
    /// <c>.part</c> file and is not sent again; a file that is there already and is the same is not sent at all.
    /// </summary>
    /// <param name="path">Where to; the folder has to be there.</param>
    /// <param name="progress">Told how many bytes are there.</param>
    /// <param name="cancellationToken">Ends the transfer for both sides; what came is kept for another try.</param>
    /// <exception cref="InvalidDataException">What came is not what was offered; it was removed.</exception>
    /// <exception cref="IOException">Another file is at this path; the channel ended, or the other side took the file back or began anew.</exception>
    /// <exception cref="InvalidOperationException">It was taken or refused before.</exception>
    public async Task SaveAsync(string path, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        Claim();
        try
        {
            if (!File.Exists(path))
            {
                await ReceiveAsync(path, progress, cancellationToken).ConfigureAwait(false);
            }
            else if (!await IsSameAsync(path, cancellationToken).ConfigureAwait(false))
            {
                throw new IOException($"There is another file at {path}.");
            }
        }
        catch
        {
            _files.EndIncoming(this, ChannelFiles.No);
            throw;
        }

        _files.EndIncoming(this, ChannelFiles.Has);
    }

    /// <summary>Does not take the file, and says so.</summary>
    public void Refuse()
    {
        Claim();
        _files.EndIncoming(this, ChannelFiles.No);
    }

    /// <summary>A part has come; false when the sender sends more than it may.</summary>
    internal bool Hear(long offset, byte[] bytes) => _parts.Writer.TryWrite((offset, bytes));

    internal void End(string why) => _parts.Writer.TryComplete(new IOException(why));

    private void Claim()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            throw new InvalidOperationException("The file was taken or refused before.");
        }
    }

    private async Task ReceiveAsync(string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // Named by what it is a part of: nothing else is ever continued.
        var part = $"{path}.{Convert.ToHexStringLower([.. Hash])[..16]}.part";
        bool isWhole;
        var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            if (file.Length > Size)
            {
                file.SetLength(0);
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[ChannelFiles.PartBytesMax];
            for (int read; (read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }

            await _files.TellAsync(ChannelFiles.Take, Id, file.Length, cancellationToken).ConfigureAwait(false);
            for (var at = file.Length; at < Size;)
            {
                var (offset, bytes) = await NextAsync(cancellationToken).ConfigureAwait(false);
                if (offset != at || bytes.Length > Size - at)
                {
                    continue; // Of an earlier try.
                }

                await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                hash.AppendData(bytes);
                at += bytes.Length;
                progress?.Report(at);
                await _files.TellAsync(ChannelFiles.Progress, Id, at, cancellationToken).ConfigureAwait(false);
            }

            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            isWhole = hash.GetHashAndReset().AsSpan().SequenceEqual([.. Hash]);
        }

        if (!isWhole)
        {
            File.Delete(part);
            throw new InvalidDataException($"What came is not the file {Name} that was offered.");
        }

        File.Move(part, path);
    }

    private async Task<(long Offset, byte[] Bytes)> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _parts.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new IOException(e.InnerException?.Message ?? "The transfer has ended.", e);
        }
    }

    private async Task<bool> IsSameAsync(string path, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            return file.Length == Size && (await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false)).AsSpan().SequenceEqual([.. Hash]);
        }
    }
}
