using System.Net;
using System.Net.Sockets;
using System.Text;

namespace P2P.Tests.Notifications;

/// <summary>A mail server on loopback that keeps what it is given; while it is down it refuses every connection.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _mails = [];
    private readonly Task _accepting;

    public SmtpListener()
    {
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers 451 to every recipient, as a server does that is busy.</summary>
    public bool IsBusy { get; set; }

    public int Refused { get; private set; }

    public IReadOnlyList<string> Mails
    {
        get
        {
            lock (_mails)
            {
                return [.. _mails];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Talk(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 test");
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    var verb = line.Split(' ')[0].ToUpperInvariant();
                    if (verb == "DATA")
                    {
                        await writer.WriteLineAsync("354 go on");
                        await Keep(reader);
                    }

                    Refused += verb == "RCPT" && IsBusy ? 1 : 0;
                    await writer.WriteLineAsync(verb switch
                    {
                        "RCPT" when IsBusy => "451 later",
                        "QUIT" => "221 bye",
                        "EHLO" or "HELO" => "250 test",
                        _ => "250 ok",
                    });
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side is gone.
            }
        }
    }

    private async Task Keep(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            mail.AppendLine(line);
        }

        lock (_mails)
        {
            _mails.Add(mail.ToString());
        }
    }
}
