using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Dealers.Signaling;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers.Channels;

/// <summary>Credentials for relays, and the relay's own settings as they are shipped. (S55)</summary>
public sealed class IceTests : DealerFixture
{
    private const string Allocated = "Received relay addr";
    private const string Secret = "a-secret-of-chance-0123456789-0123456789";

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Turn:Urls:0"] = "turn:relay.example:3478",
        ["Turn:Secret"] = Secret,
    };

    [Test]
    public async Task Credentials_are_the_peer_s_own_and_good_for_ten_minutes()
    {
        var (peer, other) = (await Peer(), await Peer());
        var names = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            var servers = await peer.Client.Hub.GetIceServers();
            var server = servers.Servers.ShouldHaveSingleItem();
            var name = server.Username.ShouldNotBeNull();
            names.Add(name);
            server.Urls.ShouldBe(["turn:relay.example:3478"]);
            servers.RelayOnly.ShouldBeTrue();
            var expiry = DateTimeOffset.FromUnixTimeSeconds(long.Parse(name.Split(':')[0], CultureInfo.InvariantCulture));
            (expiry - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
            servers.ExpiresAt.ShouldBe(expiry);
            name.Split(':')[1].ShouldStartWith(peer.PeerId);
            server.Credential.ShouldBe(Password(name, Secret));
        }

        names.Count.ShouldBe(2); // However often they are asked for.
        (await other.Client.Hub.GetIceServers()).Servers.Single().Username.ShouldNotBeOneOf([.. names]);
    }

    [Test]
    public async Task A_suspended_peer_gets_none()
    {
        var peer = await Peer();
        await Suspend(new Trader(peer.Name, null!));
        (await Refused(() => peer.Client.Hub.GetIceServers())).ShouldBeOneOf(ErrorCodes.Suspended, ErrorCodes.Unavailable);
    }

    [TestCase("stun:stun.example", Secret, "10")]
    [TestCase("turn:relay.example", "short", "10")]
    [TestCase("turn:relay.example", Secret, "11")]
    [TestCase("turn:relay.example", Secret, "0")]
    public void Settings_that_could_not_work_safely_are_refused(string url, string secret, string minutes) => Should.Throw<SettingsException>(() =>
        TurnSettings.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Turn:Urls:0"] = url,
            ["Turn:Secret"] = secret,
            ["Turn:Minutes"] = minutes,
        }).Build()));

    [TestCase("127.0.0.1")]
    [TestCase("10.1.2.3")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.254")]
    [TestCase("192.168.1.1")]
    [TestCase("169.254.169.254")]
    [TestCase("100.64.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("224.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("fc00::1")]
    [TestCase("fdff:ffff::1")]
    [TestCase("fe80::1")]
    [TestCase("ff02::1")]
    [TestCase("64:ff9b::7f00:1")]
    public void The_shipped_relay_reaches_nobody_at(string address) => Denied().Any(range => IsIn(IPAddress.Parse(address), range)).ShouldBeTrue();

    [TestCase("8.8.8.8")]
    [TestCase("172.32.0.1")]
    [TestCase("2a00:1450::1")]
    public void The_shipped_relay_reaches(string address) => Denied().Any(range => IsIn(IPAddress.Parse(address), range)).ShouldBeFalse();

    /// <summary>coturn itself, with the shipped settings: right credentials get a relay, wrong and old ones do not, and no private address is relayed to.</summary>
    [Test]
    [CancelAfter(60_000)]
    public async Task The_shipped_settings_hold_in_a_running_relay()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "turnserver.conf");
        var port = FreePort();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Shipped)).Replace("CHANGE_ME", Secret, StringComparison.Ordinal)
            .Replace("listening-port=3478", $"listening-port={port}", StringComparison.Ordinal));
        using var relay = Process.Start(new ProcessStartInfo(
            "/usr/bin/turnserver",
            ["-c", file, "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--no-tls", "--no-dtls", "--log-file=stdout", "--simple-log",
                $"--pidfile={folder.Path}/pid", $"--userdb={folder.Path}/db", "--allow-loopback-peers"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }).ShouldNotBeNull();
        try
        {
            _ = relay.StandardOutput.ReadToEndAsync();
            _ = relay.StandardError.ReadToEndAsync();
            await Eventually(async () => (await Client(port, Name(10), Secret)).Contains(Allocated, StringComparison.Ordinal));
            var good = await Client(port, Name(10), Secret);
            good.ShouldContain(Allocated);
            // The peer that turnutils wants to talk to is this machine: the relay refuses it.
            good.ShouldContain("error 403 (Forbidden IP)");
            (await Client(port, Name(10), "another-secret-of-chance-0123456789-0123")).ShouldNotContain(Allocated);
            (await Client(port, Name(-1), Secret)).ShouldNotContain(Allocated);
        }
        finally
        {
            relay.Kill();
            await relay.WaitForExitAsync(Bounded);
        }
    }

    private static string Shipped => Path.Combine(Shape.Sources.Root, "ops", "coturn", "turnserver.conf");

    private static string Name(int minutes) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow.AddMinutes(minutes).ToUnixTimeSeconds()}:peer.{Guid.NewGuid():N}"); // A quota is counted by name.

    private static async Task<string> Client(int port, string name, string secret)
    {
        using var client = Process.Start(new ProcessStartInfo(
            "timeout",
            ["5", "turnutils_uclient", "-v", "-y", "-c", "-n", "1", "-m", "1", "-e", "127.0.0.1", "-u", name, "-w", Password(name, secret), "-p", $"{port}", "127.0.0.1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }).ShouldNotBeNull();
        var (said, failed) = (client.StandardOutput.ReadToEndAsync(), client.StandardError.ReadToEndAsync());
        await client.WaitForExitAsync(Bounded);
        return await said + await failed;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "TURN's REST scheme is HMAC-SHA-1.")]
    private static string Password(string name, string secret) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(name)));

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IEnumerable<(IPAddress From, IPAddress To)> Denied() => File.ReadLines(Shipped)
        .Where(line => line.StartsWith("denied-peer-ip=", StringComparison.Ordinal))
        .Select(line => line["denied-peer-ip=".Length..].Split('-'))
        .Select(range => (IPAddress.Parse(range[0]), IPAddress.Parse(range[1])));

    private static bool IsIn(IPAddress address, (IPAddress From, IPAddress To) range)
    {
        var (bytes, from, to) = (address.GetAddressBytes(), range.From.GetAddressBytes(), range.To.GetAddressBytes());
        return bytes.Length == from.Length && bytes.AsSpan().SequenceCompareTo(from) >= 0 && bytes.AsSpan().SequenceCompareTo(to) <= 0;
    }
}
