using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Chat;

namespace P2P.Server.Deals.Disputes;

/// <summary>What the parties of a dispute read.</summary>
public sealed class DisputeReadFlow(Database database)
{
    /// <summary>One of the caller's own disputes, with all that belongs to it.</summary>
    public async Task<DisputeView> Get(Caller caller, GetDisputeRequest request, CancellationToken cancellation)
    {
        if (request.DisputeId is null && request.OrderId is null)
        {
            throw new Refused(ErrorCodes.BadInput, "Name the dispute or its order.", ("path", "disputeId"));
        }

        return await database.Snapshot(
            async tx =>
            {
                var row = await DisputeReadSql.Find(tx, caller.UserId, request.DisputeId, request.OrderId)
                    ?? throw new Refused(ErrorCodes.NotFound, "There is no such dispute.");
                return ViewOf(row, (await DisputeReadSql.Rulings(tx, [row.Id]))[row.Id]) with
                {
                    Evidence = [.. await DisputeReadSql.Evidence(tx, row.Id)],
                    Steps = [.. await DisputeReadSql.Steps(tx, row.Id)],
                    StaffReads = row.IsOpen ? null : [.. await StaffReadSql.OfOrder(tx, row.OrderId, Limits.PageSizeMax)],
                };
            },
            cancellation);
    }

    /// <summary>The caller's own disputes, newest first.</summary>
    public async Task<Page<DisputeView>> List(Caller caller, ListDisputesRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Id(request.Cursor);
        return await database.Snapshot(
            async tx =>
            {
                var rows = (await DisputeReadSql.List(tx, caller.UserId, request.Open, before, size + 1)).ToList();
                var shown = rows.Take(size).ToList();
                var rulings = await DisputeReadSql.Rulings(tx, [.. shown.Select(row => row.Id)]);
                return new Page<DisputeView>
                {
                    Items = [.. shown.Select(row => ViewOf(row, rulings[row.Id]))],
                    NextCursor = rows.Count > size ? ListPage.After(shown[^1].Id) : null,
                };
            },
            cancellation);
    }

    /// <summary>A row as parties see it, without evidence and steps.</summary>
    public static DisputeView ViewOf(DisputeRow row, IEnumerable<RulingView> rulings) => new()
    {
        Id = row.Id,
        OrderId = row.OrderId,
        BuyerId = row.BuyerId,
        SellerId = row.SellerId,
        Status = row.Status,
        Version = row.Version,
        Reason = row.Reason,
        Text = row.Body,
        RaisedBy = row.RaisedBy,
        RaisedAt = row.RaisedAt,
        Deadline = row.Deadline,
        IsAssigned = row.AssigneeId is not null,
        BuyerAccepts = row.BuyerAccepts,
        SellerAccepts = row.SellerAccepts,
        AppealedBy = row.AppealedBy,
        Rulings = [.. rulings],
        Evidence = [],
        Steps = [],
    };
}
