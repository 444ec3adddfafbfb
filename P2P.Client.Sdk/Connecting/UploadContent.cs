using System.Net;

namespace P2P.Client.Sdk.Connecting;

/// <summary>Sends a stream from its present position, tells how far it is, and leaves the stream open.</summary>
internal sealed class UploadContent(Stream source, IProgress<long>? progress) : HttpContent
{
    private const int BufferBytes = 64 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        long sent = 0;
        while (await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            sent += count;
            progress?.Report(sent);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = source.CanSeek ? source.Length - source.Position : 0;
        return source.CanSeek;
    }
}
