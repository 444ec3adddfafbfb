using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace P2P.Db;

/// <summary>
/// A PostgreSQL of our own for development and tests: in a folder of its own, reachable through a unix socket that only its user may
/// open, gone when this process is gone. Both roles and the database <c>p2p</c> are there when it is ready.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>The database that both roles use.</summary>
    public const string DatabaseName = "p2p";

    private const string SuperuserName = "postgres";
    private const string SocketFile = ".s.PGSQL.5432";
    private const int SocketPathBytesMax = 107;
    private static readonly TimeSpan StopWaitMax = TimeSpan.FromSeconds(30);

    private readonly PrivatePostgresOptions _options;
    private readonly string _folder;
    private readonly PostgresHost _host;
    private readonly FileStream _claim;
    private readonly TaskCompletionSource<Process> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _socketFolder = "";
    private int _disposed;

    private PrivatePostgres(PrivatePostgresOptions options, string folder, PostgresHost host, FileStream claim)
    {
        _options = options;
        _folder = folder;
        _host = host;
        _claim = claim;
    }

    /// <summary>Where the data is: the folder that was asked for, or the one that PostgreSQL's user may enter in its place.</summary>
    public string Folder => _folder;

    /// <summary>Connects the superuser to <see cref="DatabaseName"/>.</summary>
    public string Superuser => ConnectionString(SuperuserName);

    /// <summary>Connects the owner: migrations and maintenance.</summary>
    public string Owner => ConnectionString(DatabaseRoles.Owner);

    /// <summary>Connects the application.</summary>
    public string App => ConnectionString(DatabaseRoles.App);

    private string DataFolder => Path.Combine(_folder, "data");

    private string LogFile => Path.Combine(_folder, "postgres.log");

    /// <summary>Starts it, making it first where there is none; ready when this returns.</summary>
    public static async Task<PrivatePostgres> Start(PrivatePostgresOptions options, CancellationToken cancellation = default)
    {
        var host = PostgresHost.Find();
        var folder = PrivatePostgresFolder.Choose(options.Folder, host);
        host.MakeFolder(folder);
        var postgres = new PrivatePostgres(options, folder, host, PrivatePostgresFolder.Claim(folder));
        try
        {
            await postgres.StartServer(cancellation);
            await postgres.CreateRoles(cancellation);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects a role to a database of this server.</summary>
    public string ConnectionString(string role, string database = DatabaseName) =>
        PrivatePostgresFolder.ConnectionString(_socketFolder, role, database);

    /// <summary>Connects the superuser to a database of this server.</summary>
    public string SuperuserOf(string database) => ConnectionString(SuperuserName, database);

    /// <summary>Fast shutdown: what runs is rolled back, what is committed is written.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        if (_started.Task.IsCompletedSuccessfully)
        {
            using var server = await _started.Task;
            await Stop(server);
            PrivatePostgresFolder.Forget(_folder, _socketFolder);
        }

        await _claim.DisposeAsync();
    }

    private async Task Stop(Process server)
    {
        if (_ended.Task.IsCompleted)
        {
            return;
        }

        PostgresHost.InterruptServer(server);
        if (await Task.WhenAny(_ended.Task, Task.Delay(StopWaitMax)) != _ended.Task)
        {
            // Whoever still waits for an answer loses it; committed data is recovered at the next start.
            server.Kill(entireProcessTree: true);
            await _ended.Task;
        }
    }

    private async Task StartServer(CancellationToken cancellation)
    {
        await WaitForFormerServer(cancellation);
        Initialise();
        _socketFolder = PrivatePostgresFolder.SocketFolder(_folder, _host);
        if (File.Exists(LogFile))
        {
            File.Move(LogFile, LogFile + ".old", overwrite: true);
        }

        // The server dies with the thread that started it, so the thread lives until the server has ended.
        new Thread(KeepServer) { IsBackground = true, Name = "private PostgreSQL" }.Start();
        var server = await _started.Task;
        var waited = Stopwatch.StartNew();
        while (!IsReady(server.Id))
        {
            if (_ended.Task.IsCompleted)
            {
                throw new PrivatePostgresException($"The private PostgreSQL ended at once ({LogTail()}): read {LogFile}.");
            }

            if (waited.Elapsed > _options.StartWaitMax)
            {
                throw new PrivatePostgresException(
                    $"The private PostgreSQL was not ready after {_options.StartWaitMax.TotalSeconds:0} s ({LogTail()}): read {LogFile}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(15), cancellation);
        }
    }

    private void KeepServer()
    {
        try
        {
            var server = _host.StartServer(LogFile, ServerArguments());
            _started.SetResult(server);
            server.WaitForExit();
        }
        catch (Exception e)
        {
            // The starter waits for one of the two; it throws this one on.
            _started.TrySetException(e);
        }

        _ended.SetResult();
    }

    private string[] ServerArguments()
    {
        (string Name, string Value)[] settings =
        [
            ("listen_addresses", ""),
            ("unix_socket_directories", _socketFolder),
            ("unix_socket_permissions", "0700"),
            ("port", "5432"),
            ("max_connections", _options.ConnectionsMax.ToString(CultureInfo.InvariantCulture)),
            ("shared_buffers", "256MB"),
            ("synchronous_commit", "on"),
            ("fsync", _options.Fsync ? "on" : "off"),
            ("full_page_writes", _options.Fsync ? "on" : "off"),
            ("deadlock_timeout", "200ms"),
            ("log_checkpoints", "off"),
            ("timezone", "UTC"),
            .. _options.Settings,
        ];
        return ["-D", DataFolder, .. settings.SelectMany(setting => new[] { "-c", $"{setting.Name}={setting.Value}" })];
    }

    /// <summary>
    /// After a kill of the former starter its server is still writing its last checkpoint; a pid file whose number belongs to a program
    /// that is no PostgreSQL of ours is a leftover, and PostgreSQL would refuse to start because of it.
    /// </summary>
    private async Task WaitForFormerServer(CancellationToken cancellation)
    {
        var pidFile = Path.Combine(DataFolder, "postmaster.pid");
        var waited = Stopwatch.StartNew();
        while (PidFileLines(pidFile) is [var first, ..] && int.TryParse(first, CultureInfo.InvariantCulture, out var processId))
        {
            if (!Directory.Exists($"/proc/{first.Trim()}"))
            {
                return;
            }

            if (!PostgresHost.Serves(processId, DataFolder))
            {
                File.Delete(pidFile);
                return;
            }

            if (waited.Elapsed > StopWaitMax)
            {
                throw new PrivatePostgresException(
                    $"A PostgreSQL (process {processId}) still uses {DataFolder}: end it with `kill -INT {processId}` and start again.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }

    private void Initialise()
    {
        if (File.Exists(Path.Combine(DataFolder, "PG_VERSION")))
        {
            return;
        }

        // Made beside its place and moved into it when complete: an interrupted initdb leaves no half database.
        var fresh = DataFolder + ".new";
        if (Directory.Exists(fresh))
        {
            Directory.Delete(fresh, recursive: true);
        }

        string[] sync = _options.Fsync ? [] : ["--no-sync"];
        var (code, output) = _host.Run(
            "initdb",
            [
                "-D", fresh, "-U", SuperuserName, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions", .. sync,
            ]);
        if (code != 0)
        {
            throw new PrivatePostgresException($"initdb failed in {fresh} ({output.ReplaceLineEndings(" ")}): mend that and start again.");
        }

        Directory.Move(fresh, DataFolder);
    }

    private bool IsReady(int processId)
    {
        var lines = PidFileLines(Path.Combine(DataFolder, "postmaster.pid"));
        return lines.Length >= 8
            && lines[0].Trim() == processId.ToString(CultureInfo.InvariantCulture)
            && lines[7].Trim() == "ready";
    }

    private async Task CreateRoles(CancellationToken cancellation)
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString(SuperuserName, "postgres")) { Pooling = false };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(cancellation);
        (string Table, string Column, string Name, string Create)[] wanted =
        [
            ("pg_roles", "rolname", DatabaseRoles.Owner, $"create role {DatabaseRoles.Owner} login"),
            ("pg_roles", "rolname", DatabaseRoles.App, $"create role {DatabaseRoles.App} login"),
            ("pg_database", "datname", DatabaseName, $"create database {DatabaseName} owner {DatabaseRoles.Owner}"),
        ];
        foreach (var (table, column, name, create) in wanted)
        {
            await using var exists = new NpgsqlCommand($"select exists (select 1 from {table} where {column} = @name)", connection);
            exists.Parameters.AddWithValue("name", name);
            if (await exists.ExecuteScalarAsync(cancellation) is not true)
            {
                await using var command = new NpgsqlCommand(create, connection);
                await command.ExecuteNonQueryAsync(cancellation);
            }
        }
    }

    private string LogTail()
    {
        if (!File.Exists(LogFile))
        {
            return "it wrote no log";
        }

        var lines = File.ReadAllLines(LogFile, Encoding.UTF8);
        return Array.FindLast(lines, line => line.Contains("FATAL", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "its log is empty";
    }

    private static string[] PidFileLines(string pidFile)
    {
        try
        {
            return File.ReadAllLines(pidFile);
        }
        catch (IOException)
        {
            // Not written yet, or removed by a server that has ended: there is no server to tell of.
            return [];
        }
    }

    internal static bool FitsSocket(string socketFolder) =>
        Encoding.UTF8.GetByteCount(Path.Combine(socketFolder, SocketFile)) < SocketPathBytesMax;
}
