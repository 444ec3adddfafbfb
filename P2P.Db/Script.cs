using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace P2P.Db;

/// <summary>One numbered script: <c>0001_accounts.sql</c> and its text.</summary>
public sealed partial record Script(string Name, string Text)
{
    private const string NoTransaction = "-- no transaction";

    /// <summary>SHA-256 of the text, in hex. Line ends do not count: a checkout may change them.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));

    /// <summary>
    /// False when the first line says so: each statement then commits by itself, and the script must bear being repeated.
    /// </summary>
    public bool InTransaction => !Text.ReplaceLineEndings("\n").Split('\n', 2)[0].Trim().Equals(NoTransaction, StringComparison.Ordinal);

    /// <summary>
    /// The number of the newest script that a program must know to work on a database with this one: the script's own, unless a comment at
    /// its head says <c>-- compatible: 0028</c>.
    /// </summary>
    public string CompatibleFrom =>
        Text.ReplaceLineEndings("\n").Split('\n')
            .TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(line))
            .Select(line => Compatible().Match(line.Trim()))
            .FirstOrDefault(match => match.Success)?.Groups["number"].Value ?? Number;

    /// <summary>The four digits before the name.</summary>
    public string Number => Name[..4];

    /// <summary>The scripts that are built into this program, in their order.</summary>
    public static IReadOnlyList<Script> Embedded()
    {
        var assembly = typeof(Script).Assembly;
        return Ordered(assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"The resource {name} has no content."));
            return new Script(name, reader.ReadToEnd());
        }));
    }

    /// <summary>By number; refuses a name that is not <c>NNNN_name.sql</c> and a number that stands twice.</summary>
    internal static IReadOnlyList<Script> Ordered(IEnumerable<Script> scripts)
    {
        var ordered = scripts.OrderBy(script => script.Name, StringComparer.Ordinal).ToList();
        if (ordered.Find(script => !NameForm().IsMatch(script.Name)) is { } stranger)
        {
            throw new MigrationException($"The script {stranger.Name} is not named like 0001_accounts.sql: rename it.");
        }

        if (ordered.Find(script => string.CompareOrdinal(script.CompatibleFrom, script.Number) > 0) is { } ahead)
        {
            throw new MigrationException(
                $"The script {ahead.Name} says that it is compatible from {ahead.CompatibleFrom}, which comes after it:"
                + " name an earlier script.");
        }

        if (ordered.GroupBy(script => script.Number).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new MigrationException(
                $"The scripts {string.Join(" and ", twice.Select(script => script.Name))} have the same number: give one of them the next free one.");
        }

        return ordered;
    }

    [GeneratedRegex(@"^\d{4}_[a-z0-9_]+\.sql$")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^-- compatible: (?<number>\d{4})$")]
    private static partial Regex Compatible();
}
