using System.Globalization;
using System.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Dealers.Items;

/// <summary>A line of a table as an item that is to be put in.</summary>
public sealed record ItemLine(int Line, ItemTerms Terms, decimal Stock, string Unit);

/// <summary>What a table says.</summary>
public sealed record ItemTable
{
    /// <summary>Lines that could be put in.</summary>
    public List<ItemLine> Lines { get; } = [];

    /// <summary>Lines that name an item which is there already.</summary>
    public List<(int Line, Guid Id)> Known { get; } = [];

    public List<ItemImportError> Errors { get; } = [];
}

/// <summary>Items as a table: one line an item, one column a thing that is said of it, and one for each field of the owner's own.</summary>
public static class ItemCsv
{
    private const string FieldColumn = "field:";

    private static readonly string[] Columns =
        ["item_id", "name", "description", "category", "price", "currency", "stock", "unit", "visibility", "gives"];

    private static readonly string[] Needed = ["name", "price", "currency", "stock", "unit", "visibility", "gives"];

    public static string Write(IReadOnlyCollection<ItemRow> items)
    {
        var fields = items.Select(item => FieldsOf(item)).ToList();
        string[] names = [.. fields.SelectMany(own => own).Select(field => field.Name).Distinct().Order(StringComparer.Ordinal)];
        var text = new StringBuilder().AppendJoin(',', Columns.Concat(names.Select(name => Csv.Cell(FieldColumn + name)))).Append("\r\n");
        foreach (var (item, own) in items.Zip(fields))
        {
            string?[] cells =
            [
                $"{item.Id}", item.Name, item.Description, item.Category, item.IsSealed ? null : WireJson.Spell(item.Price), item.Currency, WireJson.Spell(item.Remaining),
                item.Unit, Spell(item.Visibility), Spell(item.Gives),
                .. names.Select(name => own.FirstOrDefault(field => field.Name == name)?.Value),
            ];
            text.AppendJoin(',', cells.Select(Csv.Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>Reads a table; what is wrong with it stands in <see cref="ItemTable.Errors"/>, by line.</summary>
    public static ItemTable Read(string text)
    {
        var table = new ItemTable();
        string[]? head = null;
        foreach (var (line, cells) in Csv.Read(text))
        {
            if (cells is null)
            {
                Fault(table, line, "", "A quote is not closed, or something stands behind it.");
            }
            else if (head is null)
            {
                head = [.. cells.Select(cell => Csv.Plain(cell).Trim())];
                if (!IsHead(head, line, table))
                {
                    return table;
                }
            }
            else if (cells.Count > head.Length)
            {
                Fault(table, line, "", "There are more cells than columns.");
            }
            else if (table.Lines.Count + table.Known.Count == Limits.ItemImportLinesMax)
            {
                Fault(table, line, "", $"A table has at most {Limits.ItemImportLinesMax} items: import it in parts.");
                return table;
            }
            else
            {
                Take(table, line, head, cells);
            }
        }

        if (head is null)
        {
            Fault(table, 1, "", "The table is empty: its first line names the columns.");
        }

        return table;
    }

    internal static void Fault(ItemTable table, int line, string column, string message) =>
        table.Errors.Add(new ItemImportError { Line = line, Column = column, Message = message });

    private static bool IsHead(string[] head, int line, ItemTable table)
    {
        foreach (var missing in Needed.Except(head))
        {
            Fault(table, line, missing, "This column is missing.");
        }

        foreach (var unknown in head.Where(name => !Columns.Contains(name) && !name.StartsWith(FieldColumn, StringComparison.Ordinal)))
        {
            Fault(table, line, unknown, "There is no such column; a field of your own is named field:NAME.");
        }

        foreach (var twice in head.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            Fault(table, line, twice.Key, "This column stands twice.");
        }

        return table.Errors.Count == 0;
    }

    private static void Take(ItemTable table, int line, string[] head, IReadOnlyList<string> cells)
    {
        var row = head.Zip(cells).ToDictionary(cell => cell.First, cell => Csv.Plain(cell.Second));
        if (row.GetValueOrDefault("item_id") is { Length: > 0 } known)
        {
            if (Guid.TryParse(known, out var id))
            {
                table.Known.Add((line, id));
            }
            else
            {
                Fault(table, line, "item_id", "This is no item's id; a new item has none.");
            }

            return;
        }

        var column = "";
        try
        {
            var terms = new ItemTerms
            {
                Name = row.GetValueOrDefault("name", ""),
                Description = row.GetValueOrDefault("description"),
                Category = row.GetValueOrDefault("category"),
                Price = Amount(row, column = "price"),
                Currency = row.GetValueOrDefault("currency", "").Trim(),
                Fields =
                [
                    .. row.Where(cell => cell.Key.StartsWith(FieldColumn, StringComparison.Ordinal) && cell.Value.Length > 0)
                        .Select(cell => new ItemField { Name = cell.Key[FieldColumn.Length..], Value = cell.Value }),
                ],
                Visibility = Word<ItemVisibility>(row, column = "visibility"),
                Gives = Word<AccessLevel>(row, column = "gives"),
            };
            var stock = Amount(row, column = "stock");
            column = "";
            terms = ItemTermsRules.Clean(terms);
            ItemTermsRules.CheckStock(stock);
            table.Lines.Add(new ItemLine(line, terms, stock, ItemTermsRules.Unit(row.GetValueOrDefault("unit", ""))));
        }
        catch (Refused refused)
        {
            var path = refused.Reason.Details?.GetValueOrDefault("path")?.Replace("terms.", "", StringComparison.Ordinal);
            Fault(table, line, column.Length > 0 ? column : path ?? "", refused.Message);
        }
    }

    private static decimal Amount(Dictionary<string, string> row, string column) =>
        WireJson.TryReadAmount(row.GetValueOrDefault(column, "").Trim(), out var amount)
            ? amount
            : throw Peers.PeerRules.Bad(column, "This is no number: digits, with a point before decimals.");

    private static T Word<T>(Dictionary<string, string> row, string column)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => !value.Equals(default(T))).Cast<T?>().FirstOrDefault(value =>
            string.Equals($"{value}", row.GetValueOrDefault(column, "").Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw Peers.PeerRules.Bad(column, $"This is one of {string.Join(", ", Enum.GetValues<T>().Skip(1).Select(Spell))}.");

    private static ItemField[] FieldsOf(ItemRow item) => JsonSerializer.Deserialize<ItemField[]>(item.Fields, WireJson.Server) ?? [];

    private static string Spell<T>(T value)
        where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);
}
