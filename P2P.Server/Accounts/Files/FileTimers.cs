using P2P.Db;
using P2P.Server.Accounts.Files.Store;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Files;

/// <summary>
/// Gives up files that never arrived or that no message names, and erases what was removed from the store. Several nodes at once do no harm:
/// erasing twice is erasing.
/// </summary>
public sealed class FileTimers(Database database, IFileStore store, ILogger<FileTimers> log) : BackgroundService
{
    private const int RowsMax = 200;

    /// <summary>Longer than any upload into the store may take.</summary>
    private const int ArrivalMinutesMax = 60;

    private const int UnboundHoursMax = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, Round, log, stoppingToken);

    /// <summary>One round; public, so that a test need not wait a minute.</summary>
    public async Task Round(CancellationToken cancellation)
    {
        await database.Write(tx => FileSql.RemoveForgotten(tx, ArrivalMinutesMax, UnboundHoursMax), cancellation);
        foreach (var file in await database.Read(tx => FileSql.ToErase(tx, RowsMax), cancellation))
        {
            await store.Delete(file.StoredName, cancellation);
            await database.Write(tx => FileSql.MarkErased(tx, file.Id), cancellation);
        }
    }
}
