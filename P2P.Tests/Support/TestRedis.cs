using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Tests.Support;

/// <summary>A Redis of a test's own, with the rights that the documentation gives to servers; it can be stopped, killed and started again.</summary>
public sealed class TestRedis : IAsyncDisposable
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"p2p-redis-{Guid.NewGuid():N}"[..20]);
    private Process? _process;

    private TestRedis(int port) => Port = port;

    public int Port { get; }

    /// <summary>What a server needs to use it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Backplane:Redis"] = $"127.0.0.1:{Port},password={Password}",
        ["Backplane:Key"] = Key,
    };

    public string Key { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The password of the servers, who may do little.</summary>
    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The lines of the ACL file that docs/scaling.md shows, with this Redis' password.</summary>
    public string Rights => Documented().Replace("PASSWORD", Password, StringComparison.Ordinal);

    public static async Task<TestRedis> Create(bool start = true)
    {
        var redis = new TestRedis(FreePort());
        Directory.CreateDirectory(redis._folder);
        await File.WriteAllTextAsync(Path.Combine(redis._folder, "users.acl"), redis.Rights + "user tester on nopass ~* &* +@all\n");
        if (start)
        {
            await redis.Start();
        }

        return redis;
    }

    public async Task Start()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder, "--aclfile",
            Path.Combine(_folder, "users.acl"),
        })
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("redis-server does not start.");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < WaitMax; await Task.Delay(20))
        {
            try
            {
                if (await AsTester("PING") == "+PONG")
                {
                    return;
                }
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Not listening yet: asked again.
            }
        }

        throw new TimeoutException("redis-server does not answer.");
    }

    /// <summary>As its operator would.</summary>
    public Task Stop() => End("TERM");

    public Task Kill() => End("KILL");

    /// <summary>It neither answers nor ends.</summary>
    public Task Pause() => Signal("STOP");

    public Task Continue() => Signal("CONT");

    /// <summary>Servers are thrown out and cannot come back.</summary>
    public async Task ChangePassword(string password)
    {
        (await AsTester($"ACL SETUSER default resetpass >{password}")).ShouldBe("+OK");
        (await AsTester("CLIENT KILL USER default")).ShouldStartWith(":");
    }

    /// <summary>A command by somebody who may do everything; the first line of the answer.</summary>
    public Task<string> AsTester(string command) => Ask("AUTH tester any", command);

    /// <summary>A command with the rights of the servers.</summary>
    public Task<string> AsServer(string command) => Ask($"AUTH {Password}", command);

    /// <summary>A command of whoever has no password.</summary>
    public async Task<string> AsStranger(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{command}\r\n"));
        return await Line(client.GetStream());
    }

    /// <summary>Publishes bytes with the rights of the servers, as whoever got into Redis could.</summary>
    public async Task<string> Publish(string channel, byte[] message)
    {
        using var client = await Connect($"AUTH {Password}");
        var name = Encoding.UTF8.GetBytes(channel);
        byte[] command =
        [
            .. Encoding.ASCII.GetBytes($"*3\r\n$7\r\nPUBLISH\r\n${name.Length}\r\n"), .. name,
            .. Encoding.ASCII.GetBytes($"\r\n${message.Length}\r\n"), .. message, (byte)'\r', (byte)'\n',
        ];
        await client.GetStream().WriteAsync(command);
        return await Line(client.GetStream());
    }

    /// <summary>Hears a pattern of channels until it is cancelled, as whoever got into Redis could; answers each message with its channel.</summary>
    public async Task<List<(string Channel, byte[] Message)>> Overhear(string pattern, CancellationToken enough)
    {
        using var client = await Connect("AUTH tester any");
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"PSUBSCRIBE {pattern}\r\n"), enough);
        for (var i = 0; i < 6; i++)
        {
            await Line(stream, enough);
        }

        List<(string, byte[])> heard = [];
        try
        {
            while (true)
            {
                // *4, pmessage, pattern, channel, message: each after its length.
                await Line(stream, enough);
                await Bulk(stream, enough);
                await Bulk(stream, enough);
                heard.Add((Encoding.UTF8.GetString(await Bulk(stream, enough)), await Bulk(stream, enough)));
            }
        }
        catch (OperationCanceledException)
        {
            return heard;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Signal("CONT");
            await Kill();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The block of docs/scaling.md that operators copy.</summary>
    private static string Documented()
    {
        var lines = File.ReadLines(Path.Combine(Shape.Sources.Root, "docs", "scaling.md"))
            .Where(line => line.StartsWith("user default ", StringComparison.Ordinal)).ToList();
        return lines.ShouldHaveSingleItem() + "\n";
    }

    private async Task<string> Ask(string sign, string command)
    {
        using var client = await Connect(sign);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{command}\r\n"));
        return await Line(client.GetStream());
    }

    private async Task<TcpClient> Connect(string sign)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        client.ReceiveTimeout = (int)WaitMax.TotalMilliseconds;
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{sign}\r\n"));
        (await Line(client.GetStream())).ShouldBe("+OK");
        return client;
    }

    private static async Task<byte[]> Bulk(NetworkStream stream, CancellationToken cancellation)
    {
        var length = int.Parse((await Line(stream, cancellation))[1..], System.Globalization.CultureInfo.InvariantCulture);
        var bytes = new byte[length + 2];
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes[..length];
    }

    private static async Task<string> Line(NetworkStream stream, CancellationToken cancellation = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(WaitMax);
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, patience.Token) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }

    private async Task End(string signal)
    {
        await Signal(signal);
        using var patience = new CancellationTokenSource(WaitMax);
        await Running.WaitForExitAsync(patience.Token);
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Running.Id}"]);
        using var patience = new CancellationTokenSource(WaitMax);
        await kill.WaitForExitAsync(patience.Token);
    }

    private Process Running => _process ?? throw new InvalidOperationException("This Redis was not started.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
