using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace P2P.Client.Sdk.Connecting;

/// <summary>A WebSocket as the pair of pipes that SignalR speaks through.</summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe
{
    private const int BufferBytesMax = 1024 * 1024;
    private static readonly TimeSpan CloseMax = TimeSpan.FromSeconds(2);
    private readonly WebSocket _socket;
    private readonly Pipe _received = new(new PipeOptions(pauseWriterThreshold: BufferBytesMax, resumeWriterThreshold: BufferBytesMax / 2));
    private readonly Pipe _toSend = new(new PipeOptions(pauseWriterThreshold: BufferBytesMax, resumeWriterThreshold: BufferBytesMax / 2));
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _receiving;
    private readonly Task _sending;

    public WebSocketConnection(WebSocket socket)
    {
        _socket = socket;
        Transport = this;
        ConnectionClosed = _closed.Token;
        _receiving = ReceiveAsync();
        _sending = SendAsync();
    }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; } = new FeatureCollection();

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public PipeReader Input => _received.Reader;

    /// <inheritdoc/>
    public PipeWriter Output => _toSend.Writer;

    /// <inheritdoc/>
    public override void Abort() => _socket.Abort();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        // What was written goes out and the server hears a close, unless it does not read.
        await _sending.WaitAsync(CloseMax).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Abort();
        await Task.WhenAll(_sending, _receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _closed.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReceiveAsync()
    {
        var writer = _received.Writer;
        Exception? error = null;
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(writer.GetMemory(4_096), CancellationToken.None).ConfigureAwait(false);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                writer.Advance(result.Count);
                if ((await writer.FlushAsync().ConfigureAwait(false)).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e)
        {
            // Told to whoever reads the pipe.
            error = e;
        }

        await writer.CompleteAsync(error).ConfigureAwait(false);
        await _closed.CancelAsync().ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        var reader = _toSend.Reader;
        Exception? error = null;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                foreach (var part in result.Buffer)
                {
                    await _socket.SendAsync(part, WebSocketMessageType.Text, false, CancellationToken.None).ConfigureAwait(false);
                }

                if (!result.Buffer.IsEmpty)
                {
                    // Ends the message; what it is made of was sent above.
                    await _socket.SendAsync(default(ReadOnlyMemory<byte>), WebSocketMessageType.Text, true, CancellationToken.None)
                        .ConfigureAwait(false);
                }

                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Told to whoever writes into the pipe.
            error = e;
        }

        await reader.CompleteAsync(error).ConfigureAwait(false);
    }
}
