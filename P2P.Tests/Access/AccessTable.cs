using System.Text;
using P2P.Tests.Shape;

namespace P2P.Tests.Access;

/// <summary>One table of docs/access.md: a row for each call, a column for each kind of caller.</summary>
internal sealed class AccessTable
{
    private static readonly string Document = Path.Combine(Sources.Root, "docs", "access.md");
    private static readonly Lock Writing = new();

    private readonly string _name;
    private readonly string[] _columns;
    private readonly Dictionary<string, string> _rows;
    private readonly SortedDictionary<string, string> _seen = new(StringComparer.Ordinal);

    public AccessTable(string name, string[] columns)
    {
        (_name, _columns) = (name, columns);
        _rows = Part(File.ReadAllText(Document)).Split('\n').Skip(2).Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('`')[1]);
    }

    /// <summary>With P2P_WRITE=1 the table is written anew; look at what changed before you keep it.</summary>
    public static bool IsWritten => Environment.GetEnvironmentVariable("P2P_WRITE") == "1";

    public IEnumerable<string> Calls => _rows.Keys;

    /// <summary>The row of a call must be there and must say what was seen.</summary>
    public void Holds(string call, IReadOnlyList<string> cells)
    {
        cells.Count.ShouldBe(_columns.Length);
        var row = $"| `{call}` | {string.Join(" | ", cells)} |";
        lock (_seen)
        {
            _seen[call] = row;
        }

        if (!IsWritten)
        {
            _rows.GetValueOrDefault(call).ShouldBe(
                row, "docs/access.md says who may call what. Run the tests of P2P.Tests/Access with P2P_WRITE=1 and look at the difference.");
        }
    }

    /// <summary>Writes what was seen when asked to.</summary>
    public void End()
    {
        if (!IsWritten || _seen.Count == 0)
        {
            return;
        }

        lock (Writing)
        {
            var text = File.ReadAllText(Document);
            var table = new StringBuilder()
                .Append("| Call | ").AppendJoin(" | ", _columns).Append(" |\n")
                .Append("| --- |").Append(string.Concat(Enumerable.Repeat(" --- |", _columns.Length))).Append('\n')
                .AppendJoin('\n', _seen.Values).Append('\n');
            var (start, length) = Place(text);
            File.WriteAllText(Document, text.Remove(start, length).Insert(start, table.ToString()));
        }
    }

    private string Part(string text)
    {
        var (start, length) = Place(text);
        return text.Substring(start, length);
    }

    private (int Start, int Length) Place(string text)
    {
        var begin = $"<!-- {_name} -->\n";
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return (start, text.IndexOf($"<!-- end of {_name} -->", start, StringComparison.Ordinal) - start);
    }
}
