using System.CommandLine;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>
/// `restore finish`: what a database needs that was put back to an earlier time, before it serves. Its streams go on from numbers that
/// clients have already seen with other events; a new epoch makes every client and webhook begin anew.
/// </summary>
internal static class RestoreCommand
{
    public static Command Create() => new("restore", "After a backup was restored") { Finish() };

    private static Command Finish()
    {
        var signOut = new Option<bool>("--sign-out")
        {
            Description = "Refuse every token issued until now: sign-outs and changed roles since the backup are lost",
        };
        return new Command(
            "finish",
            "Renew the streams' epoch, so that every client reloads (needs Db:Owner; run it once, before the servers start)") { signOut }
            .Does(async (parsed, settings, stop) =>
            {
                var connectionString = settings.ConnectionString("Db:Owner", "the streams' epoch belongs to the schema's owner");
                await using var database = new Database(DatabaseSettings.From(settings.All, connectionString));
                foreach (var line in await Finish(database, parsed.GetValue(signOut), stop))
                {
                    Console.WriteLine(line);
                }
            });
    }

    private static async Task<IReadOnlyList<string>> Finish(Database database, bool signOut, CancellationToken stop)
    {
        var state = await database.Read(RestoreSql.State, stop) ?? throw new InvalidOperationException("The database says nothing.");
        if (state.IsInRecovery)
        {
            throw new SettingsException("The database still replays its log: let it end (`select pg_promote()`), then run this again.");
        }

        if (state.Served > 0)
        {
            throw new SettingsException(
                $"{state.Served} session(s) of {DatabaseRoles.App} are connected: stop the servers first, then run this again.");
        }

        var (former, now, signedOut) = await database.Write(
            async tx =>
            {
                var was = await RestoreSql.Epoch(tx);
                var is_ = await RestoreSql.RenewEpoch(tx);
                var users = signOut ? await RestoreSql.RevokeAll(tx) : 0;
                await StaffSql.Audit(tx, UserCommand.Actor, "FinishRestore", "epoch", was.ToString(), is_.ToString(), null);
                return (was, is_, users);
            },
            stop);
        return
        [
            $"the newest that this database knows is of {(state.NewestAt is { } at ? WireJson.Spell(at) : "no time: it is empty")}",
            $"the streams' epoch is {now}, it was {former}: clients and webhooks begin anew when they connect",
            .. signOut ? [$"{signedOut} users must sign in again"] : Array.Empty<string>(),
            "checkpoints of later times tell of what is lost: keep their file, and name a new one in Ledger:CheckpointFile",
        ];
    }
}
