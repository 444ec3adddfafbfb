using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Server.Operator;

/// <summary>Runs a command; every expected failure becomes one sentence on stderr and an exit code.</summary>
internal static class OperatorCommand
{
    private const int Failed = 1;
    private const int WronglyCalled = 2;
    private const int Interrupted = 130;

    public static async Task<int> Run(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return Say($"'{parsed.UnmatchedTokens[0]}' is no command or flag here: see --help.", WronglyCalled);
        }

        if (parsed.Errors.Count > 0)
        {
            return Say($"{parsed.Errors[0].Message.TrimEnd('.')}: see --help.", WronglyCalled);
        }

        // The library's own handling of signals would end the process after two seconds, whatever still runs.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>Gives a command its body.</summary>
    public static Command Does(this Command command, Func<ParseResult, OperatorSettings, CancellationToken, Task> body)
    {
        command.SetAction(async (ParseResult parsed, CancellationToken _) =>
        {
            using var stop = new StopSignal();
            try
            {
                await body(parsed, OperatorSettings.From(parsed), stop.Token);
                return 0;
            }
            catch (Exception) when (stop.Token.IsCancellationRequested)
            {
                // Whatever broke off because of Ctrl-C is no failure to tell of.
                return Interrupted;
            }
            catch (Exception e)
            {
                var code = Say(Sentence(e), Failed);
                if (parsed.GetValue(CommonOptions.Verbose))
                {
                    await Console.Error.WriteLineAsync(e.ToString());
                }

                return code;
            }
        });
        return command;
    }

    /// <summary>What went wrong and what to do.</summary>
    private static string Sentence(Exception e) => e switch
    {
        Refused refused => $"{refused.Message.TrimEnd('.')}.",
        SettingsException or MigrationException or PrivatePostgresException or VerificationException => e.Message,
        PostgresException p when p.SqlState.StartsWith("28", StringComparison.Ordinal) || p.SqlState == PostgresErrorCodes.InvalidCatalogName =>
            $"PostgreSQL refused the connection ({p.MessageText}): correct Db:App or Db:Owner.",
        PostgresException p => $"PostgreSQL refused ({p.SqlState}: {p.MessageText}): look into its log.",
        NpgsqlException or SocketException or TimeoutException =>
            $"PostgreSQL does not answer ({(e.InnerException ?? e).Message.TrimEnd('.')}): start it, or correct Db:App or Db:Owner.",
        IOException { InnerException: AddressInUseException } => "The port is in use: stop the program that has it, or choose another one with --port.",
        IOException or UnauthorizedAccessException => $"{e.Message.TrimEnd('.')}: mend that and start again.",
        CryptographicException => $"A certificate or key cannot be read ({Cause(e)}): correct its file or its password.",
        InvalidOperationException when e.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            "An https address has no certificate: set Kestrel:Endpoints with one, or listen on http behind a proxy.",
        InvalidOperationException when e.InnerException is FormatException or ArgumentException or OverflowException || IsOfBinder(e) =>
            $"A setting has the wrong type ({e.Message.TrimEnd('.')}): correct it.",
        _ => $"Nobody expected this ({e.GetType().Name}: {Cause(e)}): start again with --verbose to see where it comes from.",
    };

    private static string Cause(Exception e) => (e.InnerException ?? e).Message.TrimEnd('.');

    /// <summary>The binder of settings has no exception of its own.</summary>
    private static bool IsOfBinder(Exception e) => e.Source == "Microsoft.Extensions.Configuration.Binder";

    private static int Say(string sentence, int code)
    {
        Console.Error.WriteLine(sentence.ReplaceLineEndings(" "));
        return code;
    }
}
