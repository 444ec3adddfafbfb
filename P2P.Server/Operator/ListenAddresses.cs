using System.Globalization;
using System.Net;
using System.Net.Sockets;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>The addresses to listen on: who can reach them, and whether they are free.</summary>
internal sealed class ListenAddresses
{
    public const int PortDefault = 8030;

    private ListenAddresses(IReadOnlyList<string> urls, bool fromKestrel)
    {
        Urls = urls;
        ForServer = fromKestrel ? [] : urls;
        OnlyLoopback = urls.All(IsLoopback);
    }

    public IReadOnlyList<string> Urls { get; }

    /// <summary>What the server is told: nothing when it reads <c>Kestrel:Endpoints</c> itself.</summary>
    public IReadOnlyList<string> ForServer { get; }

    /// <summary>True when nobody outside this machine can connect.</summary>
    public bool OnlyLoopback { get; }

    public static string OnLoopback(int port) =>
        port is >= 0 and <= 65535
            ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")
            : throw new SettingsException($"{port} is no port: give one between 0 and 65535.");

    public static ListenAddresses From(IConfiguration settings)
    {
        var endpoints = settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (settings["Urls"] is { Length: > 0 } urls)
        {
            if (endpoints.Count > 0)
            {
                throw new SettingsException("Urls and Kestrel:Endpoints name addresses both: leave one of them out.");
            }

            return new ListenAddresses([.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Checked)], false);
        }

        if (endpoints.Count > 0)
        {
            return new ListenAddresses([.. endpoints.Select(Checked)], true);
        }

        if (settings["Port"] is not { Length: > 0 } port)
        {
            return new ListenAddresses([OnLoopback(PortDefault)], false);
        }

        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ListenAddresses([OnLoopback(number)], false)
            : throw new SettingsException($"The setting Port is no number ({port}): give one between 0 and 65535.");
    }

    /// <summary>
    /// Asks before anything else is started, so that a port in use is told at once; one that is taken meanwhile is told by the server.
    /// </summary>
    public void EnsureFree()
    {
        foreach (var address in Urls.Select(BindingAddress.Parse).Where(address => address is { IsUnixPipe: false, Port: > 0 }))
        {
            var ip = address.Host == "localhost" ? IPAddress.Loopback
                : IPAddress.TryParse(address.Host.Trim('[', ']'), out var parsed) ? parsed
                : IPAddress.Any;
            try
            {
                using var listener = new TcpListener(ip, address.Port);
                listener.Start();
            }
            catch (SocketException e)
            {
                throw new SettingsException(
                    e.SocketErrorCode switch
                    {
                        SocketError.AddressAlreadyInUse =>
                            $"Port {address.Port} is in use: stop the program that has it, or choose another one with --port.",
                        SocketError.AccessDenied => $"Port {address.Port} is reserved for root: choose one above 1023 with --port.",
                        _ => $"This machine cannot listen on {address} ({e.Message}): choose another address with --urls.",
                    },
                    e);
            }
        }
    }

    private static string Checked(string url)
    {
        try
        {
            _ = BindingAddress.Parse(url);
            return url;
        }
        catch (FormatException e)
        {
            throw new SettingsException($"{url} is no address to listen on: write it like http://127.0.0.1:8030.", e);
        }
    }

    private static bool IsLoopback(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
