using System.CommandLine;
using System.Diagnostics;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger.Checkpoints;
using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Server.Operator;

/// <summary>`ledger verify`: checks money, orders, events and the audit log of a database while it serves.</summary>
internal static class LedgerCommand
{
    public static Command Create() => new("ledger", "Check the ledger") { Verify() };

    private static Command Verify()
    {
        var checkpoints = new Option<string?>("--checkpoints")
        {
            Description = "Compare with this file of checkpoints, too",
            HelpName = "FILE",
        };
        var publicKey = new Option<string?>("--public-key")
        {
            Description = "Key of the checkpoints' signatures (else Ledger:SigningKeyFile, or development's own)",
            HelpName = "FILE",
        };
        return new Command("verify", "Name the first row that was changed (needs Db:App or a running dev)") { checkpoints, publicKey }
            .Does(async (parsed, settings, stop) =>
            {
                var connectionString = DevelopmentDatabase.ConnectionStringOf(settings, DatabaseRoles.App);
                CheckpointVerifier? verifier = null;
                if (parsed.GetValue(checkpoints) is { } file)
                {
                    verifier = new CheckpointVerifier(
                        new CheckpointFile(file).Lines(), CheckpointKey.Read(parsed.GetValue(publicKey) ?? KeyFile(settings)));
                }

                var clock = Stopwatch.StartNew();
                var report = await LedgerVerifier.Verify(
                    connectionString,
                    LedgerVerifier.TimerGraceDefault,
                    Console.Error.WriteLine,
                    verifier is null ? null : verifier.Verify,
                    stop);
                Print(report, clock.Elapsed);
            });
    }

    private static void Print(VerifyReport report, TimeSpan took)
    {
        foreach (var violation in report.Violations)
        {
            Console.WriteLine(violation);
        }

        var counts = report.Counts;
        Console.WriteLine(
            $"{WireJson.Spell(report.At)}: {counts.Entries} entries of {counts.Transfers} transfers on {counts.Accounts} accounts, "
            + $"{counts.HistoryRows} changes of {counts.Orders} orders, {counts.Events} events in {counts.Streams} streams, "
            + $"{counts.AuditRows} audit rows, {counts.Checkpoints} checkpoints in {took.TotalSeconds:0.0} s.");
        if (!report.Ok)
        {
            throw new VerificationException($"{report.Violations.Count} of the checks failed: see above.");
        }

        Console.WriteLine("All is as it must be.");
    }

    private static string KeyFile(OperatorSettings settings)
    {
        var file = settings.All["Ledger:SigningKeyFile"] ?? Path.Combine(settings.DataFolder, "ledger.key");
        return File.Exists(file) ? file : throw new SettingsException($"{file} is not there: name the checkpoints' key with --public-key.");
    }
}
