using System.Text.RegularExpressions;

namespace P2P.Tests.Shape;

/// <summary>What the sources themselves must keep to. (S38)</summary>
public sealed partial class SourceTests
{
    private const int LinesMax = 400;

    // The one call of ledger_post stands beside the seventeen arrays whose order it must match.
    private const string LedgerPost = "P2P.Server/Deals/Ledger/LedgerBatch.cs";

    private static readonly string[] Shipped = ["P2P.Contracts", "P2P.Db", "P2P.Server", "P2P.Client.Sdk", "P2P.Codegen"];

    // Where chance is no secret: why nobody gains by guessing it.
    private static readonly Dictionary<string, string> ChanceIsNoSecret = new()
    {
        ["P2P.Db/Database.cs"] = "the pause before a retry",
        ["P2P.Server/Realtime/Drainer.cs"] = "the order in which connections are told to go elsewhere",
        ["P2P.Server/Deals/Engine/OrderEngine.cs"] = "the pause before a retry",
        ["P2P.Client.Sdk/Connecting/Backoff.cs"] = "the pause before a reconnect",
        ["P2P.Client.Sdk/Connecting/WebSocketConnection.cs"] = "names a connection in the client's own log",
        ["P2P.Server/Accounts/Rest/RestEnvelope.cs"] = "names a fault in the log",
        ["P2P.Server/Accounts/SignIn/TokenSigner.cs"] = "makes two tokens of one second differ; the signature is what protects",
    };

    // Algorithms that are broken elsewhere: why they do no harm here (S47).
    private static readonly Dictionary<string, string> BrokenDoesNoHarm = new()
    {
        ["P2P.Server/Accounts/SecondFactor/Totp.cs"] = "RFC 6238's HMAC-SHA1: authenticator apps know no other",
        ["P2P.Server/Dealers/Signaling/IceFlow.cs"] = "the HMAC-SHA1 of TURN's REST scheme: coturn knows no other",
        ["P2P.Server/Accounts/SecondFactor/SecondFactorRules.cs"] = "its name in the address that such an app reads",
    };

    // Statements over names that no parameter can carry; what is put in stands as a constant in the same file.
    private static readonly HashSet<string> MayNameTables =
        ["P2P.Db/PrivatePostgres.cs", "P2P.Db/ScriptRunner.cs", "P2P.Db/DatabaseRoles.cs"];

    [Test]
    public void No_file_is_longer_than_a_reader_bears()
    {
        var long_ = Sources.Of()
            .Select(file => (file.Path, Lines: file.Text.AsSpan().Count('\n')))
            .Where(file => file.Lines > LinesMax)
            .Select(file => $"{file.Path} has {file.Lines} lines");
        long_.ShouldBeEmpty();
    }

    [Test]
    public void Usings_stand_in_order()
    {
        // As `dotnet format style` puts them, which takes a minute to find nothing else than the build.
        var wrong = Sources.Of().Where(file =>
        {
            var names = Using().Matches(file.Text).Select(match => match.Groups[1].Value).ToList();
            return !names.SequenceEqual(names.Order(Comparer<string>.Create(InOrder)));
        });
        wrong.Select(file => file.Path).ShouldBeEmpty();
        Sources.Of().Sum(file => Using().Count(file.Text)).ShouldBeGreaterThan(1_000);
    }

    [Test]
    public void Statements_stand_in_Sql_files_only()
    {
        var wrong = Sources.Of("P2P.Server", "P2P.Contracts", "P2P.Client.Sdk")
            .Where(file => !file.Path.EndsWith("Sql.cs", StringComparison.Ordinal) && file.Path != LedgerPost)
            .SelectMany(file => Statement().Matches(file.Text).Select(match => $"{file.Path}: {match.Value.Trim()}"));
        wrong.ShouldBeEmpty();
        Sources.Of("P2P.Server").Count(file => Statement().IsMatch(file.Text)).ShouldBeGreaterThan(10);
    }

    [Test]
    public void Nothing_but_constants_is_put_into_a_statement()
    {
        var wrong = Sources.Of("P2P.Server", "P2P.Db").SelectMany(file => InterpolatedStatement().Matches(file.Text)
            .SelectMany(match => Hole().Matches(match.Groups["sql"].Value).Select(hole => hole.Groups["what"].Value.Trim()))
            .Where(what => !IsConstant(file, what))
            .Select(what => $"{file.Path}: {{{what}}}"));
        wrong.ShouldBeEmpty();
    }

    [Test]
    public void Secrets_come_from_the_system_and_no_broken_algorithm_is_used()
    {
        var wrong = Sources.Of(Shipped)
            .Where(file => !ChanceIsNoSecret.ContainsKey(file.Path))
            .SelectMany(file => Chance().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"));
        wrong.ShouldBeEmpty();
        var broken = Sources.Of(Shipped)
            .SelectMany(file => Broken().Matches(file.Text).Select(match => (file.Path, Text: $"{file.Path}: {match.Value}"))).ToList();
        broken.Where(one => !BrokenDoesNoHarm.ContainsKey(one.Path)).Select(one => one.Text).ShouldBeEmpty();
        BrokenDoesNoHarm.Keys.Except(broken.Select(one => one.Path)).ShouldBeEmpty("An exception that is needed no more.");
        var withChance = Sources.Of(Shipped).Where(file => Chance().IsMatch(file.Text)).Select(file => file.Path);
        ChanceIsNoSecret.Keys.Except(withChance).ShouldBeEmpty("An exception that is needed no more.");
    }

    [Test]
    public void No_region_no_promise_of_later_and_no_silent_catch()
    {
        var wrong = Sources.Of(Shipped)
            .SelectMany(file => Unwanted().Matches(file.Text).Select(match => $"{file.Path}: {match.Value.Trim()}"));
        wrong.ShouldBeEmpty();
    }

    /// <summary>A constant of the file, a constant of another class, or a row of a table of constants over an enum's names.</summary>
    private static bool IsConstant((string Path, string Text) file, string what) =>
        MayNameTables.Contains(file.Path)
        || Regex.IsMatch(file.Text, $@"\b(const|static readonly) \w+ {Regex.Escape(what)}\b")
        || Regex.IsMatch(what, @"^[A-Z]\w+\.[A-Z]\w+$");

    /// <summary>System's first, then part by part.</summary>
    private static int InOrder(string one, string other)
    {
        var (a, b) = (one.Split('.'), other.Split('.'));
        var first = (b[0] == "System").CompareTo(a[0] == "System");
        for (var i = 0; first == 0 && i < Math.Min(a.Length, b.Length); i++)
        {
            first = string.Compare(a[i], b[i], StringComparison.OrdinalIgnoreCase);
        }

        return first != 0 ? first : a.Length.CompareTo(b.Length);
    }

    [GeneratedRegex(@"^using ([A-Za-z0-9_.]+);\r?$", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(
        "\"\\s*(select\\s|insert\\s+into\\s|update\\s+\\w+\\s+set\\s|delete\\s+from\\s|with\\s+\\w+\\s+as\\s|lock\\s+table\\s)")]
    private static partial Regex Statement();

    [GeneratedRegex("\\$+\"\"\"(?<sql>.*?)\"\"\"", RegexOptions.Singleline)]
    private static partial Regex InterpolatedStatement();

    [GeneratedRegex(@"\{(?<what>[^{}]+)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\bGuid\.NewGuid\b|\bnew Random\(|\bRandom\.Shared\b")]
    private static partial Regex Chance();

    [GeneratedRegex(@"\b(HMAC)?MD5\b|\b(HMAC)?SHA1\b|\bCipherMode\.ECB\b|\bDES\b|\bRC2\b")]
    private static partial Regex Broken();

    [GeneratedRegex(@"^\s*#region.*|\bTODO\b|\bFIXME\b|NotImplementedException|catch\s*(\([^()]*\))?\s*\{\s*\}", RegexOptions.Multiline)]
    private static partial Regex Unwanted();
}
