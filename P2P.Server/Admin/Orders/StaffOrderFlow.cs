using System.Buffers.Binary;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Replica;

namespace P2P.Server.Admin.Orders;

/// <summary>What staff read of orders.</summary>
public sealed class StaffOrderFlow(Database database, ReplicaReads reads)
{
    private const int AssetCharsMax = 10;

    /// <summary>Ids are made by the nodes' clocks, times of orders by the database's.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(10);

    public async Task<Page<StaffOrderRow>> Search(Caller caller, SearchOrdersRequest request, CancellationToken cancellation)
    {
        if (request.Status == OrderStatus.Unknown)
        {
            throw new Refused(ErrorCodes.BadInput, "There is no such status.", ("path", "status"));
        }

        if (request.Asset is { } asset && !(asset.Length is >= 2 and <= AssetCharsMax && asset.All(char.IsAsciiLetterOrDigit)))
        {
            throw new Refused(ErrorCodes.BadInput, "An asset is a code such as BTC.", ("path", "asset"));
        }

        var size = ListPage.Size(request.Limit);
        var search = new OrderSearch
        {
            UserId = request.UserId,
            Status = request.Status?.ToString(),
            Asset = request.Asset,
            From = request.From?.ToUniversalTime(),
            To = request.To?.ToUniversalTime(),
            Overdue = request.Overdue,
            Before = ListPage.Id(request.Cursor),
            IdFrom = FirstId(request.From - ClockMargin),
            IdTo = FirstId(request.To + ClockMargin),
            RowsMax = size + 1,
        };
        var rows = (await reads.Read(caller, tx => StaffOrderSql.Search(tx, search), cancellation)).ToList();
        return new Page<StaffOrderRow>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].OrderId) : null,
        };
    }

    public Task<StaffOrderView> Get(Guid orderId, CancellationToken cancellation) =>
        database.Snapshot(
            async tx => new StaffOrderView
            {
                Order = await StaffOrderSql.Find(tx, orderId) ?? throw new Refused(ErrorCodes.NotFound, "There is no such order."),
                History = [.. await StaffOrderSql.History(tx, orderId)],
                Transfers = [.. await StaffOrderSql.Transfers(tx, orderId)],
            },
            cancellation);

    /// <summary>The smallest id that could be made at this time: ids begin with it, so that the list need not look at older orders.</summary>
    private static Guid? FirstId(DateTimeOffset? at)
    {
        if (at is not { } time || time < DateTimeOffset.UnixEpoch)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
