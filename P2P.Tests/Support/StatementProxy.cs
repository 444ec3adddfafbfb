using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace P2P.Tests.Support;

/// <summary>Where a connection to PostgreSQL breaks.</summary>
/// <param name="Statement">The statement's text.</param>
/// <param name="Turn">The how manieth run of that text since the proxy was told to look, from 1.</param>
/// <param name="IsAnswerLost">
/// The statement and the rest of its round trip run, and the answer never comes; else the statement itself is the first that PostgreSQL does not get.
/// </param>
internal sealed record BreakPoint(string Statement, int Turn, bool IsAnswerLost);

/// <summary>A transaction that has done all its work and waits to commit.</summary>
internal sealed class CommitHold
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a transaction waits.</summary>
    public Task Held => _held.Task;

    /// <summary>Lets it commit.</summary>
    public void LetGo() => _letGo.TrySetResult();

    internal Task Wait(CancellationToken cancellation)
    {
        _held.TrySetResult();
        return _letGo.Task.WaitAsync(cancellation);
    }
}

/// <summary>
/// Stands before PostgreSQL, knows its wire protocol (version 3), and breaks a connection at a statement that is named: what came before it was done,
/// what comes after it was never seen, as when a cable is pulled just then.
/// </summary>
internal sealed class StatementProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, byte> _open = [];
    private readonly Lock _look = new();
    private readonly List<(string Text, int Turn, int RoundTrip)> _seen = [];
    private readonly Dictionary<string, int> _turns = [];
    private readonly Task _accepting;
    private IReadOnlySet<string> _idle = new HashSet<string>();
    private BreakPoint? _point;
    private CommitHold? _hold;
    private bool _isHit;
    private string _socket = "";
    private int _roundTrips;

    public StatementProxy()
    {
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>The same connection string, through this proxy; it stands before one server.</summary>
    public string Through(string connectionString)
    {
        var behind = new NpgsqlConnectionStringBuilder(connectionString);
        _socket = Path.Combine(behind.Host!, $".s.PGSQL.{behind.Port}"); // Tests' servers have a unix socket and nothing else.
        behind.Host = IPAddress.Loopback.ToString();
        behind.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        behind.SslMode = SslMode.Disable;
        behind.GssEncryptionMode = GssEncryptionMode.Disable;
        return behind.ConnectionString;
    }

    /// <summary>Looks from now on; breaks nothing.</summary>
    public void Look() => Begin(null);

    /// <summary>Breaks the connection that comes to this point.</summary>
    public void Break(BreakPoint point) => Begin(point);

    /// <summary>The statements seen since <see cref="Look"/>, begin and end of transactions aside.</summary>
    public IReadOnlySet<string> Texts()
    {
        lock (_look)
        {
            return _seen.Select(one => one.Text).Where(text => !IsFrame(text)).ToHashSet();
        }
    }

    /// <summary>Looks at these statements, and at the end of transactions in which they were the last, no more.</summary>
    public void Ignore(IReadOnlySet<string> texts)
    {
        lock (_look)
        {
            _idle = texts;
        }
    }

    /// <summary>Stops the next transaction before its commit, until the returned hold is let go.</summary>
    public CommitHold HoldCommit()
    {
        lock (_look)
        {
            Begin(null);
            return _hold = new CommitHold();
        }
    }

    /// <summary>Whether the point was come to.</summary>
    public bool IsHit
    {
        get
        {
            lock (_look)
            {
                return _isHit;
            }
        }
    }

    /// <summary>Every place at which what was seen could have broken.</summary>
    public IReadOnlyList<BreakPoint> Points()
    {
        lock (_look)
        {
            return
            [
                .. _seen.Select(one => new BreakPoint(one.Text, one.Turn, IsAnswerLost: false)),
                .. _seen.GroupBy(one => one.RoundTrip).Select(trip => new BreakPoint(trip.Last().Text, trip.Last().Turn, IsAnswerLost: true)),
            ];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_open.Keys.Append(_accepting)).WaitAsync(TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    private void Begin(BreakPoint? point)
    {
        lock (_look)
        {
            (_point, _isHit, _hold) = (point, false, null);
            _seen.Clear();
            _turns.Clear();
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
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_socket), _end.Token);
                var link = new Link(this);
                await await Task.WhenAny(link.Ask(client, server, _end.Token), link.Answer(server, client, _end.Token));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or IOException or BrokenException)
            {
                // Both sides learn of it by their connection's end.
            }
        }
    }

    /// <summary>A statement is about to be passed on.</summary>
    private Verdict Meet(string text, int roundTrip, ref bool isIdle, out CommitHold? held)
    {
        lock (_look)
        {
            held = null;
            isIdle = IsFrame(text) ? isIdle : _idle.Contains(text);
            if (isIdle)
            {
                return Verdict.Pass;
            }

            var turn = _turns[text] = _turns.GetValueOrDefault(text) + 1;
            _seen.Add((text, turn, roundTrip));
            if (_hold is { } hold && IsCommit(text))
            {
                (_hold, held) = (null, hold);
                return Verdict.Hold;
            }

            if (_isHit || _point is not { } point || point.Statement != text || point.Turn != turn)
            {
                return Verdict.Pass;
            }

            _isHit = true;
            return point.IsAnswerLost ? Verdict.LoseAnswer : Verdict.Break;
        }
    }

    /// <summary>Begin and end of a transaction.</summary>
    private static bool IsFrame(string text) =>
        text.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase) || IsCommit(text);

    private static bool IsCommit(string text) => text.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase);

    private enum Verdict
    {
        Pass,
        Break,
        LoseAnswer,
        Hold,
    }

    private sealed class BrokenException : Exception;

    /// <summary>One connection: what its prepared statements are, and how far its round trips are.</summary>
    private sealed class Link(StatementProxy proxy)
    {
        private readonly Dictionary<string, string> _prepared = [];
        private readonly Dictionary<string, string> _bound = [];
        private int _roundTrip = Interlocked.Increment(ref proxy._roundTrips);
        private int _asked;
        private int _answered;
        private volatile bool _isLosing;
        private bool _isIdle;

        /// <summary>From the application to PostgreSQL.</summary>
        public async Task Ask(Socket from, Socket to, CancellationToken cancellation)
        {
            var frames = new Frames(from, hasGreeting: true);
            while (await frames.Next(cancellation) is { } frame)
            {
                if (Statement(frame) is { } text)
                {
                    switch (proxy.Meet(text, _roundTrip, ref _isIdle, out var held))
                    {
                        case Verdict.Break:
                            throw new BrokenException();
                        case Verdict.LoseAnswer:
                            _isLosing = true;
                            break;
                        case Verdict.Hold when held is not null:
                            await held.Wait(cancellation);
                            break;
                        default:
                            break;
                    }
                }

                if (frame.Type is 'S' or 'Q')
                {
                    _roundTrip = Interlocked.Increment(ref proxy._roundTrips);
                    Interlocked.Increment(ref _asked);
                }

                await to.SendAsync(frame.Bytes, cancellation);
            }
        }

        /// <summary>From PostgreSQL to the application.</summary>
        public async Task Answer(Socket from, Socket to, CancellationToken cancellation)
        {
            var frames = new Frames(from, hasGreeting: false);
            var isReady = false;
            while (await frames.Next(cancellation) is { } frame)
            {
                if (frame.Type == 'Z' && isReady)
                {
                    _answered++;
                }

                if (frame.Type == 'Z' && _isLosing && _answered == Volatile.Read(ref _asked))
                {
                    // All of the round trip was done.
                    throw new BrokenException();
                }

                // The first one ends the sign-in.
                isReady |= frame.Type == 'Z';
                if (!_isLosing)
                {
                    await to.SendAsync(frame.Bytes, cancellation);
                }
            }
        }

        /// <summary>The text that a message runs; null when it runs none.</summary>
        private string? Statement(Frame frame)
        {
            var body = frame.Bytes.Span[5..];
            switch (frame.Type)
            {
                case 'P':
                    var name = Text(body);
                    _prepared[name] = Text(body[(Encoding.UTF8.GetByteCount(name) + 1)..]);
                    return null;
                case 'B':
                    var portal = Text(body);
                    _bound[portal] = _prepared.GetValueOrDefault(Text(body[(Encoding.UTF8.GetByteCount(portal) + 1)..]), "");
                    return null;
                case 'E':
                    return _bound.GetValueOrDefault(Text(body), "");
                case 'Q':
                    return Text(body);
                default:
                    return null;
            }
        }

        private static string Text(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body[..body.IndexOf((byte)0)]);
    }

    private sealed record Frame(char Type, ReadOnlyMemory<byte> Bytes);

    /// <summary>Cuts a stream into messages: a letter, a length, a body. The greeting has no letter.</summary>
    private sealed class Frames(Socket socket, bool hasGreeting)
    {
        private byte[] _buffer = new byte[64 * 1024];
        private int _start;
        private int _end;
        private bool _greets = hasGreeting;

        public async Task<Frame?> Next(CancellationToken cancellation)
        {
            while (true)
            {
                var head = _greets ? 0 : 1;
                if (_end - _start >= head + 4)
                {
                    var length = head + BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + head));
                    if (_end - _start >= length)
                    {
                        var bytes = _buffer.AsMemory(_start, length);
                        var type = _greets ? '\0' : (char)_buffer[_start];
                        (_start, _greets) = (_start + length, false);
                        return new Frame(type, bytes);
                    }

                    if (length > _buffer.Length)
                    {
                        Array.Resize(ref _buffer, length * 2);
                    }
                }

                if (_start > 0)
                {
                    _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                    (_start, _end) = (0, _end - _start);
                }

                var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
                if (read == 0)
                {
                    return null;
                }

                _end += read;
            }
        }
    }
}
