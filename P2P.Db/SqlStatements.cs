using System.Text.RegularExpressions;

namespace P2P.Db;

/// <summary>
/// Cuts a script into its statements. Several statements in one message are one transaction to PostgreSQL, so what must run outside
/// one (<c>create index concurrently</c>) has to be sent alone; and a failure can name its line.
/// </summary>
internal static partial class SqlStatements
{
    public static IReadOnlyList<SqlStatement> Split(string text)
    {
        var statements = new List<SqlStatement>();
        var start = 0;
        var hasWords = false;
        foreach (Match part in Parts().Matches(text))
        {
            if (part.Value != ";")
            {
                hasWords |= !part.Groups["comment"].Success && !part.Groups["space"].Success;
                continue;
            }

            Add(part.Index);
            start = part.Index + 1;
            hasWords = false;
        }

        Add(text.Length);
        return statements;

        void Add(int end)
        {
            if (hasWords)
            {
                statements.Add(new SqlStatement(text[start..end], text.AsSpan(0, start).Count('\n') + 1));
            }
        }
    }

    /// <summary>A semicolon counts only outside comments, strings, quoted names and dollar quotes; block comments nest.</summary>
    [GeneratedRegex(
        """
        (?<comment>--[^\n]*|/\*(?>[^/*]+|/(?!\*)|\*(?!/)|(?<open>/\*)|(?<-open>\*/))*(?(open)(?!))\*/)
        |(?<space>\s+)
        |(?i:\be'(?:[^'\\]|\\.|'')*')
        |'(?:[^']|'')*'
        |"(?:[^"]|"")*"
        |(?<!\w)(?<tag>\$(?:[a-z_]\w*)?\$).*?\k<tag>
        |;
        |\w+
        |.
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}

/// <summary>One statement and the line of the script on which its text begins.</summary>
internal sealed record SqlStatement(string Text, int Line);
