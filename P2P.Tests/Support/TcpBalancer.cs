using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace P2P.Tests.Support;

/// <summary>
/// A small balancer of TCP connections: one address before several servers, each connection to the one with the fewest that takes it. It
/// knows nothing of health: what a server answers is the clients' matter.
/// </summary>
public sealed class TcpBalancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int[] _ports;
    private readonly int[] _standing;
    private readonly ConcurrentQueue<(long At, int Port)> _passed = [];
    private readonly ConcurrentDictionary<Task, byte> _open = [];
    private readonly Task _accepting;
    private int _next;

    public TcpBalancer(params int[] ports)
    {
        (_ports, _standing) = (ports, new int[ports.Length]);
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every connection that a server took: when (Stopwatch), and which server.</summary>
    public IReadOnlyCollection<(long At, int Port)> Passed => _passed;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_open.Keys.Append(_accepting)).WaitAsync(TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var open = Pass(await _listener.AcceptTcpClientAsync(_end.Token));
                _open[open] = 0;
                _ = open.ContinueWith(done => _open.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Pass(TcpClient client)
    {
        using (client)
        {
            if (await Connect() is not { } passed)
            {
                return;
            }

            var node = passed.Node;
            using var server = passed.Server;
            try
            {
                Interlocked.Increment(ref _standing[node]);
                client.NoDelay = server.NoDelay = true;
                var (one, other) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(Pump(one, server), Pump(other, client));
                await Task.Delay(50, _end.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or InvalidOperationException)
            {
                // One side has gone: the other hears it by its connection's end.
            }
            finally
            {
                Interlocked.Decrement(ref _standing[node]);
            }
        }
    }

    private async Task Pump(NetworkStream from, TcpClient to)
    {
        try
        {
            await from.CopyToAsync(to.GetStream(), _end.Token);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone: the other hears it by its connection's end.
        }
    }

    private async Task<(TcpClient Server, int Node)?> Connect()
    {
        var first = (int)((uint)Interlocked.Increment(ref _next) % _ports.Length);
        var nodes = Enumerable.Range(0, _ports.Length).Select(i => (first + i) % _ports.Length);
        foreach (var node in nodes.OrderBy(node => Volatile.Read(ref _standing[node])))
        {
            var port = _ports[node];
            var server = new TcpClient();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port, _end.Token);
                _passed.Enqueue((Stopwatch.GetTimestamp(), port));
                return (server, node);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Nobody listens there: the next one.
                server.Dispose();
            }
        }

        return null;
    }
}
