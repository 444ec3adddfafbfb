using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace P2P.Tests.Realtime.Support;

/// <summary>A client that writes and reads frames itself, so that it can send what no proper client would. Every wait ends.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private const char FrameEnd = (char)0x1e;
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _answers = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly List<JsonElement> _heard = [];
    private Task _reading = Task.CompletedTask;
    private volatile bool _hasEnded;
    private TaskCompletionSource? _pause;
    private int _calls;
    private int _answeredUnknown;

    private RawClient(ClientWebSocket socket) => _socket = socket;

    /// <summary>Ends when the server has closed the connection.</summary>
    public Task Closed => _reading.IsCompleted ? _reading : _reading.WaitAsync(WaitMax);

    /// <summary>Answers to calls that <see cref="CallRaw"/> did not make.</summary>
    public int AnsweredUnknown => Volatile.Read(ref _answeredUnknown);

    /// <summary>All calls of client methods so far, in order.</summary>
    public IReadOnlyList<JsonElement> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Connects and shakes hands; reads only when <paramref name="read"/> is set.</summary>
    public static async Task<RawClient> Connect(Uri address, string authorization, bool read = true, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", authorization);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        using var patience = new CancellationTokenSource(WaitMax);
        await socket.ConnectAsync(address, patience.Token);
        var client = new RawClient(socket);
        await client.Send("""{"protocol":"json","version":1}""");
        if (read)
        {
            client._reading = client.Read();
        }

        return client;
    }

    /// <summary>Sends a frame as it is.</summary>
    public async Task Send(string frame)
    {
        using var patience = new CancellationTokenSource(WaitMax);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(frame + FrameEnd), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
    }

    /// <summary>Takes calls of client methods instead of the list of what was heard.</summary>
    public Action<JsonElement>? OnFrame { get; set; }

    /// <summary>Begins to read, for a client that did not.</summary>
    public void StartReading() => _reading = Read();

    /// <summary>Reads nothing from now on, as a client whose process stands still.</summary>
    public void Pause() => _pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads on.</summary>
    public void Resume() => Interlocked.Exchange(ref _pause, null)?.TrySetResult();

    public Task<JsonElement> Call(string method, params object?[] arguments) =>
        CallRaw(method, JsonSerializer.Serialize(arguments, P2P.Contracts.WireJson.Client));

    /// <summary>A call with its arguments as text; the answer is SignalR's completion.</summary>
    public async Task<JsonElement> CallRaw(string method, string arguments, int type = 1)
    {
        var id = Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture);
        var answer = _answers[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Send($$"""{"type":{{type}},"invocationId":"{{id}}","target":"{{method}}","arguments":{{arguments}}}""");
        if (_hasEnded)
        {
            // The connection ended before this call was there to be told.
            answer.TrySetException(new InvalidOperationException("The connection was closed."));
        }

        return await answer.Task.WaitAsync(WaitMax);
    }

    /// <summary>The code and details of a refused call.</summary>
    public async Task<(string Code, JsonElement Details)> Refused(string method, params object?[] arguments) =>
        Refusal(await Call(method, arguments));

    public static (string Code, JsonElement Details) Refusal(JsonElement completion)
    {
        var text = completion.GetProperty("error").GetString() ?? "";
        P2P.Contracts.RefusalText.TryRead(text, out var code, out _, out var details).ShouldBeTrue(text);
        return (code, details);
    }

    /// <summary>Waits until so many calls of a client method have been heard: their arguments.</summary>
    public async Task<IReadOnlyList<JsonElement>> Hears(string method, int count = 1, TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? WaitMax);
        while (true)
        {
            var heard = Arguments(method);
            if (heard.Count >= count)
            {
                return heard;
            }

            try
            {
                await _news.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{method} was heard {heard.Count} times, not {count}; in all {Heard.Count} calls.");
            }
        }
    }

    public IReadOnlyList<JsonElement> Arguments(string method) =>
        [.. Heard.Where(call => call.GetProperty("target").GetString() == method).Select(call => call.GetProperty("arguments"))];

    /// <summary>Ends the connection without a word.</summary>
    public void Drop() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Abort();
        await _reading.WaitAsync(WaitMax);
        _socket.Dispose();
        _news.Dispose();
        _end.Dispose();
    }

    private async Task Read()
    {
        var buffer = new byte[64 * 1024];
        var text = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        var chars = new char[buffer.Length];
        try
        {
            while (true)
            {
                if (_pause is { } pause)
                {
                    await pause.Task.WaitAsync(_end.Token);
                }

                var received = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                text.Append(chars, 0, decoder.GetChars(buffer, 0, received.Count, chars, 0));
                var all = text.ToString();
                var end = all.LastIndexOf(FrameEnd);
                if (end >= 0)
                {
                    text.Remove(0, end + 1);
                    foreach (var frame in all[..end].Split(FrameEnd))
                    {
                        Take(JsonElement.Parse(frame));
                    }
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is gone: whoever waits for an answer is told below.
        }

        // First the sign, then those who wait: whoever comes later looks at the sign.
        _hasEnded = true;
        foreach (var answer in _answers.Values)
        {
            answer.TrySetException(new InvalidOperationException("The connection was closed."));
        }
    }

    private void Take(JsonElement frame)
    {
        switch (frame.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case 1 when OnFrame is { } take:
                take(frame);
                break;
            case 1:
                lock (_heard)
                {
                    _heard.Add(frame);
                }

                _news.Release();
                break;
            case 3 when _answers.TryRemove(frame.GetProperty("invocationId").GetString() ?? "", out var answer):
                answer.TrySetResult(frame);
                break;
            case 3:
                Interlocked.Increment(ref _answeredUnknown);
                break;
            default:
                break;
        }
    }
}
