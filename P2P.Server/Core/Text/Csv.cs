using System.Text;

namespace P2P.Server.Core.Text;

/// <summary>
/// Tables for spreadsheets (RFC 4180). A text that a spreadsheet would take for a formula is written with an apostrophe before it, and read without.
/// </summary>
public static class Csv
{
    /// <summary>A text as a cell: no formula, and quoted where it must be.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = IsFormula(text) || IsShielded(text) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n;") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>The text of a cell that was read: what <see cref="Cell"/> put before a formula is gone.</summary>
    public static string Plain(string cell) => IsShielded(cell) ? cell[1..] : cell;

    /// <summary>
    /// The rows of a table, each with the line on which it begins, from 1; rows without anything are left out. Null in place of cells: the row is not
    /// well formed (a quote that is not closed, or text behind one), and nothing behind it was read.
    /// </summary>
    public static IEnumerable<(int Line, IReadOnlyList<string>? Cells)> Read(string text)
    {
        var (at, line) = (text.StartsWith('\uFEFF') ? 1 : 0, 1);
        while (at < text.Length)
        {
            var begunAt = line;
            var cells = Row(text, ref at, ref line);
            if (cells is null)
            {
                yield return (begunAt, null);
                yield break;
            }

            if (cells.Exists(cell => cell.Length > 0))
            {
                yield return (begunAt, cells);
            }
        }
    }

    private static List<string>? Row(string text, ref int at, ref int line)
    {
        List<string> cells = [];
        while (true)
        {
            var isQuoted = at < text.Length && text[at] == '"';
            if ((isQuoted ? Quoted(text, ref at, ref line) : Bare(text, ref at)) is not { } cell)
            {
                return null;
            }

            cells.Add(cell);
            if (at >= text.Length)
            {
                return cells;
            }

            switch (text[at++])
            {
                case ',':
                    continue;
                case '\r' when at < text.Length && text[at] == '\n':
                    at++;
                    line++;
                    return cells;
                case '\r' or '\n':
                    line++;
                    return cells;
                default:
                    return null;
            }
        }
    }

    private static string Bare(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
        {
            at++;
        }

        return text[start..at];
    }

    private static string? Quoted(string text, ref int at, ref int line)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' ? 1 : 0;
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append(text[at++]);
            }
            else
            {
                at++;
                return cell.ToString();
            }
        }

        return null;
    }

    private static bool IsShielded(string text) => text.StartsWith('\'') && (IsFormula(text[1..]) || IsShielded(text[1..]));

    /// <summary>A spreadsheet passes over spaces before a formula, and reads the wide forms of these signs like the plain ones.</summary>
    private static bool IsFormula(string text) =>
        text.AsSpan().TrimStart(' ') is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
}
