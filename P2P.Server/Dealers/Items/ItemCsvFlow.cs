using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Items;

/// <summary>Takes a peer's items out as a table, and puts a table's items in: all of them or none.</summary>
public sealed class ItemCsvFlow(Database database, RequestLog requests)
{
    private const int ErrorsMax = 100;

    public Task<string> Export(Caller caller, CancellationToken cancellation) => database.Read(
        async tx =>
        {
            _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
            return ItemCsv.Write([.. await ItemSql.List(tx, caller.UserId, caller.UserId, null, null, null, Limits.ItemsMax)]);
        },
        cancellation);

    /// <summary>Says what <see cref="Import"/> would do.</summary>
    public async Task<ItemImport> Check(Caller caller, string csv, CancellationToken cancellation)
    {
        var table = ItemCsv.Read(csv);
        return await database.Read(
            async tx =>
            {
                _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                await Check(tx, caller, table);
                return View(table, isDone: false);
            },
            cancellation);
    }

    public Task<ItemImport> Import(Caller caller, ImportItemsRequest request, CancellationToken cancellation)
    {
        var table = ItemCsv.Read(request.Csv);
        return requests.Once(
            caller,
            "ImportItems",
            request,
            async change =>
            {
                _ = await PeerSql.Lock(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                var looked = new ItemTable();
                looked.Lines.AddRange(table.Lines);
                looked.Known.AddRange(table.Known);
                looked.Errors.AddRange(table.Errors);
                await Check(change.Tx, caller, looked);
                if (looked.Errors.Count == 0)
                {
                    var now = await change.Now();
                    foreach (var line in looked.Lines)
                    {
                        var id = Ids.New();
                        await ItemWriteSql.Insert(
                            change.Tx, id, caller.UserId, line.Terms, null, ItemFlow.Fields(line.Terms), line.Stock, line.Unit, now);
                        await ItemFlow.Done(change, caller, null, id, ItemAction.Created, now);
                    }
                }

                return View(looked, isDone: looked.Errors.Count == 0);
            },
            cancellation);
    }

    /// <summary>What only the database knows to be wrong.</summary>
    private static async Task Check(Tx tx, Caller caller, ItemTable table)
    {
        var scales = (await ItemSql.Scales(tx, [.. table.Lines.Select(line => line.Terms.Currency).Distinct()])).ToDictionary(row => row.Code, row => row.Scale);
        foreach (var line in table.Lines)
        {
            if (!scales.TryGetValue(line.Terms.Currency, out var scale))
            {
                ItemCsv.Fault(table, line.Line, "currency", "There is no such currency or asset here.");
            }
            else if (Money.IsFinerThan(line.Terms.Price, scale))
            {
                ItemCsv.Fault(table, line.Line, "price", $"This currency has {scale} decimals.");
            }
        }

        var own = (await ItemSql.Own(tx, caller.UserId, [.. table.Known.Select(known => known.Id)])).ToHashSet();
        foreach (var (line, _) in table.Known.Where(known => !own.Contains(known.Id)))
        {
            ItemCsv.Fault(table, line, "item_id", "You have no such item; a new item has no id.");
        }

        if (table.Lines.Count > 0 && await ItemSql.Count(tx, caller.UserId) + table.Lines.Count > Limits.ItemsMax)
        {
            throw ItemFlow.Quota("items", Limits.ItemsMax, $"You may have {Limits.ItemsMax} items: delete some first.");
        }
    }

    private static ItemImport View(ItemTable table, bool isDone) => new()
    {
        IsDone = isDone,
        New = table.Lines.Count,
        Known = table.Known.Count,
        ErrorCount = table.Errors.Count,
        Errors = [.. table.Errors.OrderBy(error => error.Line).Take(ErrorsMax)],
    };
}
