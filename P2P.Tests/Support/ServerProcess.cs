using System.Collections.Concurrent;
using System.Diagnostics;
using P2P.Server;

namespace P2P.Tests.Support;

/// <summary>The operator's program as a process of its own, as an operator starts it. Every wait ends.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly BlockingCollection<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>What it printed on either way and nobody waited for.</summary>
    public IReadOnlyList<string> Logged => [.. _output, .. _errors];

    /// <summary>Starts `P2P.Server` with these arguments in a folder.</summary>
    public static ServerProcess Start(string folder, string[] arguments, params (string Name, string Value)[] environment) =>
        StartProgram(typeof(ServerApp).Assembly.Location, folder, arguments, environment);

    /// <summary>Starts any program of ours with these arguments in a folder.</summary>
    public static ServerProcess StartProgram(
        string assembly,
        string folder,
        string[] arguments,
        params (string Name, string Value)[] environment) => StartAny("dotnet", folder, [assembly, .. arguments], environment);

    /// <summary>Starts whatever is on the path with these arguments in a folder.</summary>
    public static ServerProcess StartAny(
        string program,
        string folder,
        string[] arguments,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                server._output.CompleteAdding();
            }
            else
            {
                server._output.Add(line.Data);
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                server._errors.Enqueue(line.Data);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Runs it to its end: exit code, lines of stdout and of stderr.</summary>
    public static (int Code, string[] Output, string[] Errors) Run(
        string folder,
        string[] arguments,
        params (string Name, string Value)[] environment)
    {
        using var server = Start(folder, arguments, environment);
        var code = server.WaitForExit();
        return (code, [.. server._output], [.. server._errors]);
    }

    /// <summary>Reads on until a line of its output contains the text.</summary>
    public string WaitForLine(string text)
    {
        using var patience = new CancellationTokenSource(WaitMax);
        try
        {
            foreach (var line in _output.GetConsumingEnumerable(patience.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"'{text}' was not printed in {WaitMax.TotalSeconds} s. {string.Join(' ', _errors)}");
        }

        throw new InvalidOperationException($"The program ended without printing '{text}'. {string.Join(' ', _errors)}");
    }

    /// <summary>SIGTERM, as a service manager ends it.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>SIGINT, as Ctrl-C ends it.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>SIGKILL to this process alone.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: false);
        WaitForExit();
    }

    public int WaitForExit()
    {
        if (!_process.WaitForExit(WaitMax))
        {
            throw new TimeoutException($"The program did not end in {WaitMax.TotalSeconds} s.");
        }

        // Without a limit this call waits for the rest of the output, too.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        _output.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }
}
