using System.Security.Cryptography;
using P2P.Contracts;
using P2P.Contracts.Files;
using P2P.Server.Accounts.Files.Store;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Files;

/// <summary>A file as it is being sent.</summary>
/// <param name="Body">Its bytes.</param>
/// <param name="Length">How many it says to have; null when it does not say.</param>
/// <param name="ContentType">What it says to be; null when it does not say.</param>
/// <param name="Name">What it is called, percent-encoded.</param>
/// <param name="IsEncrypted">It is taken as it is, because nobody but the parties can read it.</param>
public sealed record FileUpload(Stream Body, long? Length, string? ContentType, string? Name, bool IsEncrypted);

/// <summary>A file that was received, checked and written anew; not yet in the store. Disposing it leaves nothing of it.</summary>
public sealed class ReceivedFile(Stream content, string name, byte[] sha256, FileFacts facts) : IAsyncDisposable
{
    public Stream Content => content;

    public string Name => name;

    public long Bytes => content.Length;

    public byte[] Sha256 => sha256;

    public FileFacts Facts => facts;

    public ValueTask DisposeAsync() => content.DisposeAsync();
}

/// <summary>
/// Receives files: onto the disk as they come, within limits of rate, time and size, then through the rewrite. What breaks off at any point
/// leaves nothing.
/// </summary>
public sealed class FileIntake(FileLimits limits, FolderStore folder) : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int RetryAfterMs = 1_000;

    private readonly RateTable<long> _uploads = new(_ => new Rate
    {
        PerSecond = limits.UploadsPerMinute / 60d,
        Burst = limits.UploadsPerMinute,
    });

    private readonly SemaphoreSlim _atOnce = new(limits.UploadsAtOnce);

    /// <summary>Counts an upload, whatever becomes of it.</summary>
    public void EnsureRate(Caller caller)
    {
        if (_uploads.Take(caller.UserId) is var wait and > 0)
        {
            throw Refused.Transient(ErrorCodes.RateLimited, "Too many files in a short time. Try again later", wait);
        }
    }

    /// <summary>Receives a file.</summary>
    /// <param name="upload">The file.</param>
    /// <param name="bytesMax">How long it may be.</param>
    /// <param name="kinds">What it may be, unless it is encrypted.</param>
    /// <param name="aborted">Ends when the sender is gone.</param>
    /// <exception cref="Refused">
    /// FILE_TOO_LARGE, FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS; BUSY, TIMEOUT.
    /// </exception>
    public async Task<ReceivedFile> Receive(FileUpload upload, int bytesMax, IReadOnlyList<FileKind> kinds, CancellationToken aborted)
    {
        if (upload.Length > bytesMax)
        {
            throw FileNo.TooLarge(bytesMax);
        }

        if (!await _atOnce.WaitAsync(TimeSpan.Zero, aborted))
        {
            throw Refused.Transient(ErrorCodes.Busy, "Too many files are being received. Try again", RetryAfterMs);
        }

        try
        {
            return await ToDisk(upload, bytesMax, kinds, aborted);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new FileStoreException("The folder of files cannot be written.", e);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public void Dispose() => _atOnce.Dispose();

    private async Task<ReceivedFile> ToDisk(FileUpload upload, int bytesMax, IReadOnlyList<FileKind> kinds, CancellationToken aborted)
    {
        var received = folder.Temporary();
        try
        {
            await Copy(upload.Body, received, bytesMax, aborted);
            if (upload.IsEncrypted)
            {
                return received.Length > 0
                    ? await Finish(received, upload, new FileFacts(FileKind.Opaque), aborted)
                    : throw FileNo.Malformed("The file is empty");
            }

            await using var source = received;
            var written = folder.Temporary();
            try
            {
                source.Position = 0;
                var facts = Rewritten(source, written);
                EnsureKind(upload, facts, kinds);
                return await Finish(written, upload, facts, aborted);
            }
            catch
            {
                await written.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await received.DisposeAsync();
            throw;
        }
    }

    private static FileFacts Rewritten(FileStream source, FileStream target)
    {
        try
        {
            return FileRewriter.Rewrite(source, target);
        }
        catch (FileFaultException e)
        {
            throw FileNo.Of(e);
        }
    }

    private static async Task<ReceivedFile> Finish(FileStream file, FileUpload upload, FileFacts facts, CancellationToken aborted)
    {
        await file.FlushAsync(aborted);
        file.Position = 0;
        var sha256 = await SHA256.HashDataAsync(file, aborted);
        file.Position = 0;
        return new ReceivedFile(file, FileNameRules.Clean(upload.Name, facts.Kind), sha256, facts);
    }

    private static void EnsureKind(FileUpload upload, FileFacts facts, IReadOnlyList<FileKind> kinds)
    {
        if (!kinds.Contains(facts.Kind))
        {
            throw FileNo.WrongType($"{facts.ContentType} is not taken here");
        }

        // Who says something else of a file than it is errs or tricks; what says nothing is told by its content.
        var said = upload.ContentType?.Split(';')[0].Trim();
        if (!string.IsNullOrEmpty(said)
            && !said.Equals(facts.ContentType, StringComparison.OrdinalIgnoreCase)
            && !said.Equals(FileFacts.TypeOf(FileKind.Opaque), StringComparison.OrdinalIgnoreCase))
        {
            throw FileNo.WrongType($"The content is {facts.ContentType} and is said to be something else");
        }
    }

    private async Task Copy(Stream body, FileStream target, int bytesMax, CancellationToken aborted)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(limits.UploadSeconds));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, time.Token);
        var buffer = new byte[BufferBytes];
        var total = 0;
        while (await Read(body, buffer, either.Token, time.Token, aborted) is var count and > 0)
        {
            total += count;
            if (total > bytesMax)
            {
                throw FileNo.TooLarge(bytesMax);
            }

            await target.WriteAsync(buffer.AsMemory(0, count), aborted);
        }

        await target.FlushAsync(aborted);
    }

    private static async Task<int> Read(
        Stream body, byte[] buffer, CancellationToken either, CancellationToken time, CancellationToken aborted)
    {
        try
        {
            return await body.ReadAsync(buffer, either);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw Refused.Transient(ErrorCodes.Timeout, "The file took too long to arrive. Try again", RetryAfterMs);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The upload broke off.", e);
        }
    }
}
