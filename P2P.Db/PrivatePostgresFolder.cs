using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace P2P.Db;

/// <summary>Chooses the folders of a private PostgreSQL: one that its user may enter, one whose path is short enough for a socket.</summary>
public static partial class PrivatePostgresFolder
{
    private const string SocketNote = "socket-folder";
    private const string ServiceFolders = "/var/lib/p2p";

    /// <summary>
    /// Connection string of a role to the private PostgreSQL that another process runs in this folder; null when none runs there.
    /// </summary>
    public static string? RunningConnectionString(string folder, string role)
    {
        foreach (var candidate in new[] { Path.GetFullPath(folder), Substitute(folder) })
        {
            var note = Path.Combine(candidate, SocketNote);
            if (File.Exists(note) && File.ReadAllText(note).Trim() is var socketFolder
                && File.Exists(Path.Combine(socketFolder, ".s.PGSQL.5432")))
            {
                return ConnectionString(socketFolder, role, PrivatePostgres.DatabaseName);
            }
        }

        return null;
    }

    internal static string ConnectionString(string socketFolder, string role, string database) =>
        new NpgsqlConnectionStringBuilder { Host = socketFolder, Username = role, Database = database }.ConnectionString;

    /// <summary>
    /// The folder that was asked for; when root's own folders are closed to PostgreSQL's user, one under <c>/var/lib</c> that belongs to it.
    /// </summary>
    internal static string Choose(string asked, PostgresHost host)
    {
        var folder = Path.GetFullPath(asked);
        if (!host.RunsAsOther)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder) ?? "/");
            return folder;
        }

        var existing = folder;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing) ?? "/";
        }

        // The folder itself becomes PostgreSQL's; what counts is the way to it.
        var way = existing == folder ? Path.GetDirectoryName(folder) ?? "/" : existing;
        if (host.CanEnter(way))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder) ?? "/");
            if (host.CanEnter(Path.GetDirectoryName(folder) ?? "/"))
            {
                return folder;
            }
        }

        Directory.CreateDirectory(ServiceFolders);
        return Substitute(folder);
    }

    /// <summary>One process at a time: the kernel gives the claim back when its holder dies, however it dies.</summary>
    internal static FileStream Claim(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "claim"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new PrivatePostgresException(
                $"Another P2P server already uses {folder}: stop it, or choose another folder with --data.",
                e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PrivatePostgresException($"The folder {folder} belongs to another user: choose another one with --data.", e);
        }
    }

    /// <summary>Beside the data; in /tmp when that path is too long for a socket or has a character that a connection string cuts at.</summary>
    internal static string SocketFolder(string folder, PostgresHost host)
    {
        var note = Path.Combine(folder, SocketNote);
        var beside = Path.Combine(folder, "run");
        string chosen;
        if (PrivatePostgres.FitsSocket(beside) && PlainPath().IsMatch(beside))
        {
            chosen = beside;
        }
        else
        {
            if (File.Exists(note))
            {
                // Left by a starter that was killed.
                Remove(File.ReadAllText(note).Trim());
            }

            // A name that nobody can guess and mode 0700 from the start: nobody else can have made it.
            chosen = Directory.CreateTempSubdirectory("p2p-").FullName;
        }

        host.MakeFolder(chosen);
        File.WriteAllText(note, chosen);
        return chosen;
    }

    /// <summary>Removes what only a running server needs.</summary>
    internal static void Forget(string folder, string socketFolder)
    {
        File.Delete(Path.Combine(folder, SocketNote));
        Remove(socketFolder);
    }

    private static void Remove(string socketFolder)
    {
        if (Directory.Exists(socketFolder))
        {
            Directory.Delete(socketFolder, recursive: true);
        }
    }

    private static string Substitute(string folder) =>
        Path.Combine(ServiceFolders, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..12]);

    [GeneratedRegex(@"^[A-Za-z0-9._/\-]+$")]
    private static partial Regex PlainPath();
}
