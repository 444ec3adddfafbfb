using System.Data;
using System.Security.Cryptography;
using Npgsql;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>
/// Appends a checkpoint a minute; one node at a time, chosen by a session lock on a connection of its own. A node that takes over goes on
/// from its own file's last checkpoint, so every file is complete by itself.
/// </summary>
public sealed partial class CheckpointWriter(Database database, CheckpointSettings settings, ServerMode mode, ILogger<CheckpointWriter> log)
    : BackgroundService
{
    private readonly SessionLeader _leader = new(
        () => new NpgsqlConnectionStringBuilder(database.Options.App)
        {
            CommandTimeout = 0,
            Options = "-c statement_timeout=0 -c default_transaction_read_only=on",
            ApplicationName = "p2p-checkpoints",
        },
        CheckpointSql.TryLead,
        staysConnected: false);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings is not { CheckpointFile: { } path, SigningKeyFile: { } keyFile })
        {
            if (!mode.IsDevelopment)
            {
                LogOff();
            }

            return;
        }

        if (mode.IsDevelopment)
        {
            CheckpointKey.Ensure(keyFile);
        }

        using var key = CheckpointKey.Read(keyFile);
        var file = new CheckpointFile(path);
        await Periodic.Run(TimeSpan.FromSeconds(settings.CheckpointSeconds), stop => Round(file, key, stop), log, stoppingToken);
        await _leader.DisposeAsync();
    }

    private async Task Round(CheckpointFile file, ECDsa key, CancellationToken cancellation)
    {
        try
        {
            if (await _leader.Try(cancellation) is { } connection)
            {
                await Append(connection, file, key, TimeSpan.FromSeconds(settings.ClockMarginSeconds), cancellation);
            }
        }
        catch
        {
            await _leader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Appends the next checkpoint; nothing when an older transaction still holds the time back.</summary>
    internal static async Task<Checkpoint?> Append(
        NpgsqlConnection connection, CheckpointFile file, ECDsa key, TimeSpan margin, CancellationToken cancellation)
    {
        var former = file.Last();
        var until = await CheckpointSql.Cut(new Tx(connection, null, cancellation), margin);
        if (until <= former?.At)
        {
            return null;
        }

        // The snapshot is taken after the cut: what the cut promises to be committed is in it.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var checkpoint = (await CheckpointMaker.Make(new Tx(connection, transaction, cancellation), former, until)).SignedBy(key);
        file.Append(checkpoint);
        return checkpoint;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "No checkpoints are made: Ledger:CheckpointFile is not set")]
    private partial void LogOff();
}
