using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace P2P.Db;

/// <summary>How PostgreSQL's programs are found and run on this machine: never as root, and never longer than their starter lives.</summary>
internal sealed class PostgresHost
{
    private const string ServiceUser = "postgres";

    private readonly string _binFolder;
    private readonly bool _asServiceUser;

    private PostgresHost(string binFolder, bool asServiceUser)
    {
        _binFolder = binFolder;
        _asServiceUser = asServiceUser;
    }

    /// <summary>Finds the programs, or says in one sentence what to install.</summary>
    public static PostgresHost Find()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PrivatePostgresException("The private PostgreSQL runs on Linux only: set Db:App and Db:Owner to a server of your own.");
        }

        var folder = BinFolder()
            ?? throw new PrivatePostgresException("PostgreSQL is not installed: install it with `apt-get install postgresql` and start again.");
        foreach (var tool in new[] { "setpriv", "setsid" })
        {
            if (OnPath(tool) is null)
            {
                throw new PrivatePostgresException($"The program {tool} is missing: install it with `apt-get install util-linux`.");
            }
        }

        var asRoot = geteuid() == 0;
        if (asRoot && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith(ServiceUser + ":", StringComparison.Ordinal)))
        {
            throw new PrivatePostgresException(
                $"PostgreSQL refuses to run as root and there is no user {ServiceUser}: install Debian's package or start as another user.");
        }

        return new PostgresHost(folder, asRoot);
    }

    /// <summary>True when root started us, so that PostgreSQL runs as its own user, who must be able to enter the folder.</summary>
    public bool RunsAsOther => _asServiceUser;

    /// <summary>Can PostgreSQL's user enter this folder?</summary>
    public bool CanEnter(string folder) => !_asServiceUser || RunTool([.. Privileges(), "test", "-x", folder]).Code == 0;

    /// <summary>Makes a folder that nobody but PostgreSQL's user (and root) may enter.</summary>
    public void MakeFolder(string folder)
    {
        string[] owner = _asServiceUser ? ["-o", ServiceUser, "-g", ServiceUser] : [];
        var (code, output) = RunTool(["install", "-d", "-m", "0700", .. owner, folder]);
        if (code != 0)
        {
            throw new PrivatePostgresException($"The folder {folder} cannot be made ({output}): choose another one with --data.");
        }
    }

    /// <summary>Runs one of PostgreSQL's programs to its end.</summary>
    public (int Code, string Output) Run(string program, params string[] arguments) =>
        RunTool([.. Privileges(), "--pdeathsig", "KILL", Path.Combine(_binFolder, program), .. arguments]);

    /// <summary>
    /// Starts the server in a session of its own, so that Ctrl-C reaches us alone and we end in order. It gets SIGINT (fast shutdown)
    /// when the thread that calls this ends: call it on one that lives as long as the server shall.
    /// </summary>
    public Process StartServer(string logFile, params string[] arguments)
    {
        string[] command =
        [
            "sh", "-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", logFile,
            "setsid", .. Privileges(), "--pdeathsig", "INT", Path.Combine(_binFolder, "postgres"), .. arguments,
        ];
        return Process.Start(StartInfo(command)) ?? throw new PrivatePostgresException("The program sh cannot be started.");
    }

    /// <summary>Asks the server to end: roll back what runs, write what is committed.</summary>
    public static void InterruptServer(Process server) => _ = kill(server.Id, SigInt);

    /// <summary>Is this process a PostgreSQL that serves that folder? Process numbers are used again.</summary>
    public static bool Serves(int processId, string dataFolder)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/cwd", returnFinalTarget: false)?.FullName
                == Path.GetFullPath(dataFolder);
        }
        catch (IOException)
        {
            // The process is gone: nobody loses anything.
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's process: not one that we started.
            return false;
        }
    }

    private string[] Privileges() =>
        _asServiceUser ? ["setpriv", "--reuid", ServiceUser, "--regid", ServiceUser, "--clear-groups"] : ["setpriv"];

    private static string? BinFolder()
    {
        const string debian = "/usr/lib/postgresql";
        var newest = !Directory.Exists(debian)
            ? null
            : Directory.GetDirectories(debian)
                .Where(folder => File.Exists(Path.Combine(folder, "bin", "postgres")) && File.Exists(Path.Combine(folder, "bin", "initdb")))
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .FirstOrDefault();
        return newest is not null
            ? Path.Combine(newest, "bin")
            : OnPath("initdb") is { } initdb && OnPath("postgres") is not null ? Path.GetDirectoryName(initdb) : null;
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/bin", "/bin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static (int Code, string Output) RunTool(string[] command)
    {
        var start = StartInfo(command);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        using var process = Process.Start(start) ?? throw new PrivatePostgresException($"The program {command[0]} cannot be started.");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (error.GetAwaiter().GetResult() + output).Trim());
    }

    private static ProcessStartInfo StartInfo(string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = "/" };
        foreach (var argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        // The programs' messages are read by us: they must not be translated.
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    private const int SigInt = 2;

#pragma warning disable IDE1006, SYSLIB1054 // These are libc's own names, and the generated marshalling would need unsafe code.
    [DllImport("libc")]
    private static extern int kill(int processId, int signal);

    [DllImport("libc")]
    private static extern uint geteuid();
#pragma warning restore IDE1006, SYSLIB1054
}
