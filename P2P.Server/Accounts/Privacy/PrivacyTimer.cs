using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Privacy;

/// <summary>
/// Carries deletions out: erases those whose grace is over, and later what those people wrote. Several nodes at once do no harm: each row is
/// one node's. One that still has something in its way is looked at again an hour later.
/// </summary>
public sealed partial class PrivacyTimer(Database database, PrivacySettings settings, ILogger<PrivacyTimer> log) : BackgroundService
{
    private const int RowsMax = 50;
    private const int SecondsMax = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, Round, log, stoppingToken);

    /// <summary>One round; public, so that a test need not wait a minute.</summary>
    public async Task Round(CancellationToken cancellation)
    {
        foreach (var row in await database.Read(tx => PrivacySql.Due(tx, RowsMax), cancellation))
        {
            try
            {
                await MoveOn(row, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Tried again with the next round; the others must not wait for it.
                Stuck(log, row.UserId, e);
            }
        }
    }

    private async Task MoveOn(DeletionRow row, CancellationToken cancellation)
    {
        if (row.ErasedAt is null && await Erase(row.UserId, cancellation) is not { Length: 0 })
        {
            return;
        }

        await database.Write(
            async tx =>
            {
                await PrivacySql.AllowSeconds(tx, SecondsMax);
                await PrivacySql.EraseWords(tx, row.UserId, settings.WordsDays);
            },
            cancellation);
    }

    private async Task<string[]?> Erase(long userId, CancellationToken cancellation)
    {
        var obstacles = await database.Write(
            async tx =>
            {
                await PrivacySql.AllowSeconds(tx, SecondsMax);
                return await PrivacySql.Erase(tx, userId);
            },
            cancellation);
        if (obstacles is { Length: 0 })
        {
            Erased(log, userId);
        }

        return obstacles;
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Information, Message = "The account {UserId} was deleted")]
    private static partial void Erased(ILogger log, long userId);

    [LoggerMessage(EventId = 3302, Level = LogLevel.Error, Message = "The deletion of the account {UserId} could not go on")]
    private static partial void Stuck(ILogger log, long userId, Exception e);
}
