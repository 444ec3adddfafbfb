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

    /// <summary>False when the first line says so: each statement then commits by itself, and the script must bear being repeated.</summary>
    public bool InTransaction => !Text.ReplaceLineEndings("\n").Split('\n', 2)[0].Trim().Equals(NoTransaction, StringComparison.Ordinal);

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

        if (ordered.GroupBy(script => script.Name[..4]).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new MigrationException(
                $"The scripts {string.Join(" and ", twice.Select(script => script.Name))} have the same number: give one of them the next free one.");
        }

        return ordered;
    }

    [GeneratedRegex(@"^\d{4}_[a-z0-9_]+\.sql$")]
    private static partial Regex NameForm();
}
