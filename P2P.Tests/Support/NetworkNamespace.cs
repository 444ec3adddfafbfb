using System.Diagnostics;
using System.Net;

namespace P2P.Tests.Support;

/// <summary>
/// A network of its own (Linux network namespace) with one address, joined to this machine's by one cable (veth) on which packets can be lost. Made and
/// removed by root only.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private static int _made;

    private readonly string _name;

    private NetworkNamespace(string name, IPAddress address) => (_name, Address) = (name, address);

    /// <summary>Whether this user may make one, and the programs are there.</summary>
    public static bool IsPossible { get; } = Environment.IsPrivilegedProcess && TryRun("ip", "netns", "list") && TryRun("nft", "--version");

    /// <summary>Who is inside is reached here.</summary>
    public IPAddress Address { get; }

    public static NetworkNamespace Create()
    {
        // 10.201.x.y: this process's own quarter of a small net.
        var number = Interlocked.Increment(ref _made) % 60;
        var (name, host, net) = ($"p2p{Environment.ProcessId}n{number}", $"p2p{Environment.ProcessId % 100_000}h{number}", $"10.201.{Environment.ProcessId % 250}");
        var (outside, inside) = ($"{net}.{(number * 4) + 1}", $"{net}.{(number * 4) + 2}");
        var space = new NetworkNamespace(name, IPAddress.Parse(inside));
        Run("ip", "netns", "add", name);
        try
        {
            Run("ip", "link", "add", host, "type", "veth", "peer", "name", "eth0", "netns", name);
            Run("ip", "address", "add", $"{outside}/30", "dev", host);
            Run("ip", "link", "set", host, "up");
            Run("ip", "-n", name, "address", "add", $"{inside}/30", "dev", "eth0");
            Run("ip", "-n", name, "link", "set", "eth0", "up");
            Run("ip", "-n", name, "link", "set", "lo", "up");
            space.Nft("add table inet faults");
            space.Nft("add chain inet faults in { type filter hook input priority 0; }");
            space.Nft("add chain inet faults out { type filter hook output priority 0; }");
            return space;
        }
        catch
        {
            space.Dispose();
            throw;
        }
    }

    /// <summary>Starts a program inside.</summary>
    public ServerProcess Start(string folder, string[] command, params (string Name, string Value)[] environment) =>
        ServerProcess.StartAny("ip", folder, ["netns", "exec", _name, .. command], environment);

    /// <summary>Loses so many of a hundred packets, each way.</summary>
    public void Lose(int percent)
    {
        Heal();
        Nft($"add rule inet faults in iifname eth0 numgen random mod 100 < {percent} drop");
        Nft($"add rule inet faults out oifname eth0 numgen random mod 100 < {percent} drop");
    }

    /// <summary>What comes in is lost, what goes out arrives: each side believes the other still there.</summary>
    public void LoseWhatComesIn()
    {
        Heal();
        Nft("add rule inet faults in iifname eth0 drop");
    }

    /// <summary>Answers whatever comes in with a reset.</summary>
    public void ResetWhatComesIn()
    {
        Heal();
        Nft("add rule inet faults in iifname eth0 meta l4proto tcp reject with tcp reset");
    }

    /// <summary>Loses nothing from now on.</summary>
    public void Heal() => Nft("flush table inet faults");

    /// <summary>What still runs inside must have been ended.</summary>
    public void Dispose() => TryRun("ip", "netns", "delete", _name);

    private void Nft(string rule) => Run("ip", ["netns", "exec", _name, "nft", .. rule.Split(' ')]);

    private static void Run(string program, params string[] arguments)
    {
        if (!TryRun(program, arguments))
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
        }
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
                ?? throw new InvalidOperationException($"{program} cannot be started.");
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                TestContext.Out.WriteLine($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
            }

            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
