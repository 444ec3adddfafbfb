using System.Diagnostics;
using System.Globalization;
using Npgsql;
using P2P.Db;

namespace P2P.Tests.Support;

/// <summary>Copies of a private PostgreSQL, made as an operator makes them: base backups, standbys, restores.</summary>
internal static class PostgresCopies
{
    /// <summary>A folder that PostgreSQL's user may write, below the temporary one.</summary>
    public static string NewFolder(string what)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"p2p-{what}-{Guid.NewGuid():N}"[..20]);
        PostgresHost.Find().MakeFolder(folder);
        return folder;
    }

    /// <summary>`pg_basebackup` into the folder, where <see cref="PrivatePostgres"/> looks for its data.</summary>
    /// <param name="source">The server.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="isStandby">With what a standby needs to follow the server.</param>
    public static void BaseBackup(PrivatePostgres source, string folder, bool isStandby = false)
    {
        var host = PostgresHost.Find();
        host.MakeFolder(folder);
        var from = new NpgsqlConnectionStringBuilder(source.Superuser);
        string[] standby = isStandby ? ["-R"] : [];
        // Both are there by now.
        var (code, output) = host.Run(
            "pg_basebackup", ["-h", from.Host!, "-U", from.Username!, "-D", Path.Combine(folder, "data"), "-c", "fast", "-X", "stream", .. standby]);
        code.ShouldBe(0, output);
    }

    /// <summary>Follows a server; reads are taken when this returns.</summary>
    public static async Task<PrivatePostgres> Standby(PrivatePostgres source)
    {
        var folder = NewFolder("copy");
        BaseBackup(source, folder, isStandby: true);
        return await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = folder, Fsync = false });
    }

    /// <summary>SIGKILL to the postmaster.</summary>
    public static async Task Kill(string folder)
    {
        var pidFile = Directory.GetFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        using var postmaster = Process.GetProcessById(int.Parse((await File.ReadAllLinesAsync(pidFile))[0], CultureInfo.InvariantCulture));
        postmaster.Kill();
        await postmaster.WaitForExitAsync(TestMarket.Bounded());
    }
}
