using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace P2P.Tests.Support;

/// <summary>What a bad network does to a connection.</summary>
internal sealed record LinkFault
{
    public static LinkFault None { get; } = new();

    /// <summary>By how much everything comes later, each way.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>By up to how much more, anew for each piece.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Into pieces of how many bytes the stream is cut; 0 for as they come.</summary>
    public int SliceBytes { get; init; }

    /// <summary>Nothing is passed on, and nobody is told.</summary>
    public bool IsStalled { get; init; }
}

/// <summary>
/// Stands between clients and a server as a bad network does: what it passes on comes late, in pieces or not at all, and connections are reset. Each
/// direction keeps its order, as TCP does.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan StallLook = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, byte> _open = [];
    private readonly ConcurrentDictionary<Socket, byte> _clients = [];
    private readonly IPEndPoint _server;
    private readonly Random _random;
    private readonly Task _accepting;
    private volatile LinkFault _fault = LinkFault.None;
    private int _resets;

    public FaultProxy(IPEndPoint server, int seed)
    {
        (_server, _random) = (server, new Random(seed));
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What is done to every connection from now on.</summary>
    public LinkFault Fault
    {
        get => _fault;
        set => _fault = value;
    }

    /// <summary>Connections that were reset.</summary>
    public int Resets => Volatile.Read(ref _resets);

    /// <summary>Resets (RST) every connection that stands.</summary>
    public void ResetAll() => Reset(_clients.Keys);

    /// <summary>Resets some of the connections that stand, by chance.</summary>
    public void ResetSome(int count)
    {
        var standing = _clients.Keys.ToArray();
        lock (_random)
        {
            _random.Shuffle(standing);
        }

        Reset(standing.Take(count));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_open.Keys.Append(_accepting)).WaitAsync(TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    private void Reset(IEnumerable<Socket> clients)
    {
        foreach (var client in clients)
        {
            if (_clients.TryRemove(client, out _))
            {
                Interlocked.Increment(ref _resets);
                client.Close(0);
            }
        }
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var open = Pass(await _listener.AcceptSocketAsync(_end.Token));
                _open[open] = 0;
                _ = open.ContinueWith(done => _open.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Pass(Socket client)
    {
        using (client)
        {
            using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                _clients[client] = 0;
                client.NoDelay = server.NoDelay = true;
                await server.ConnectAsync(_server, _end.Token);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                var ways = new[] { Way(client, server, over.Token), Way(server, client, over.Token) };
                await Task.WhenAny(ways);
                await over.CancelAsync();
                await Task.WhenAll(ways);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side has gone: the other hears it by its connection's end.
            }
            finally
            {
                _clients.TryRemove(client, out _);
            }
        }
    }

    private async Task Way(Socket from, Socket to, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(), cancellation) is > 0 and var read)
            {
                var fault = _fault;
                while (fault.IsStalled)
                {
                    await Task.Delay(StallLook, cancellation);
                    fault = _fault;
                }

                if (Late(fault) is { Ticks: > 0 } late)
                {
                    await Task.Delay(late, cancellation);
                }

                var slice = fault.SliceBytes > 0 ? fault.SliceBytes : read;
                for (var at = 0; at < read; at += slice)
                {
                    await to.SendAsync(buffer.AsMemory(at, Math.Min(slice, read - at)), cancellation);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone: the other hears it by its connection's end.
        }
    }

    private TimeSpan Late(LinkFault fault)
    {
        lock (_random)
        {
            return fault.Latency + (fault.Jitter * _random.NextDouble());
        }
    }
}
