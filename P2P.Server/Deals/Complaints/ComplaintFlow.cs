using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Chat;
using P2P.Server.Deals.Disputes;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Complaints;

/// <summary>What the parties of an order that has ended do with complaints, and read of them. No order and no escrow is touched.</summary>
public sealed class ComplaintFlow(Database database, RequestLog requests, ComplaintSettings settings)
{
    public Task<ComplaintReply> File(Caller caller, FileComplaintRequest request, CancellationToken cancellation)
    {
        if (request.Reason == ComplaintReason.Unknown || !Enum.IsDefined(request.Reason))
        {
            throw new Refused(ErrorCodes.BadInput, "There is no such reason.", ("path", "reason"));
        }

        var text = DisputeFlow.Words(request.Text);
        return requests.Once(
            caller, nameof(IComplaintCalls.FileComplaint), request, change => File(change, caller, request, text), cancellation);
    }

    public Task<ComplaintReply> Show(Caller caller, AddComplaintEvidenceRequest request, CancellationToken cancellation)
    {
        var text = DisputeFlow.Words(request.Text);
        return requests.Once(
            caller,
            nameof(IComplaintCalls.AddComplaintEvidence),
            request,
            change => Show(change, caller, request.ComplaintId, text),
            cancellation);
    }

    public Task<ComplaintView> Get(Caller caller, GetComplaintRequest request, CancellationToken cancellation) => database.Snapshot(
        async tx =>
        {
            var complaint = Own(caller, await ComplaintSql.Find(tx, request.ComplaintId));
            return ViewOf(complaint) with
            {
                Evidence = [.. await ComplaintSql.Evidence(tx, complaint.Id)],
                StaffReads = complaint.IsOpen ? null : [.. await StaffReadSql.OfOrder(tx, complaint.OrderId, Limits.PageSizeMax)],
            };
        },
        cancellation);

    public async Task<Page<ComplaintView>> List(Caller caller, ListComplaintsRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Id(request.Cursor);
        var rows = (await database.Read(
            tx => ComplaintSql.List(tx, caller.UserId, request.OrderId, request.Open, before, size + 1), cancellation)).ToList();
        return new Page<ComplaintView>
        {
            Items = [.. rows.Take(size).Select(ViewOf)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].Id) : null,
        };
    }

    private async Task<ComplaintReply> File(Change change, Caller caller, FileComplaintRequest request, string text)
    {
        var tx = change.Tx;
        var order = await ComplaintSql.Order(tx, caller.UserId, request.OrderId)
            ?? throw new Refused(ErrorCodes.NotFound, "There is no such order.");
        await ComplaintSql.LockFiler(tx, caller.UserId);
        var (isFiled, open) = (await ComplaintSql.IsFiled(tx, order.Id, caller.UserId), await ComplaintSql.CountOpen(tx, caller.UserId));
        var now = await change.Now();
        if (ComplaintRules.CannotFile(order, isFiled, open, now, settings) is { } reason)
        {
            throw new Refused(reason);
        }

        var complaint = new Complaint
        {
            Id = Ids.New(),
            OrderId = order.Id,
            Kind = order.Kind,
            BuyerId = order.BuyerId,
            SellerId = order.SellerId,
            FilerId = caller.UserId,
            FiledBy = order.BuyerId == caller.UserId ? Party.Buyer : Party.Seller,
            Reason = request.Reason,
            Body = text,
            Status = ComplaintStatus.Open,
            Version = 1,
            FiledAt = now,
        };
        await ComplaintSql.Insert(tx, complaint);
        change.Tell(ComplaintEvents.Changed(complaint, ComplaintChange.Filed, complaint.FiledBy));
        return ReplyOf(complaint);
    }

    private async Task<ComplaintReply> Show(Change change, Caller caller, Guid complaintId, string text)
    {
        var tx = change.Tx;
        await ComplaintSql.Lock(tx, complaintId);
        var complaint = Own(caller, await ComplaintSql.Find(tx, complaintId));
        if (ComplaintRules.CannotShow(complaint, await ComplaintSql.CountEvidence(tx, complaintId, caller.UserId), settings) is { } reason)
        {
            throw new Refused(reason);
        }

        var id = Ids.New();
        var changed = complaint with { Version = complaint.Version + 1 };
        await ComplaintSql.InsertEvidence(tx, id, complaintId, caller.UserId, text, await change.Now());
        await ComplaintSql.Save(tx, changed);
        change.Tell(ComplaintEvents.Changed(changed, ComplaintChange.EvidenceAdded, complaint.PartyOf(caller.UserId)));
        return ReplyOf(changed) with { EvidenceId = id };
    }

    private static Complaint Own(Caller caller, Complaint? complaint) => complaint is not null && complaint.IsParty(caller.UserId)
        ? complaint
        : throw new Refused(ErrorCodes.NotFound, "There is no such complaint.");

    private static ComplaintReply ReplyOf(Complaint complaint) => new()
    {
        ComplaintId = complaint.Id,
        OrderId = complaint.OrderId,
        Status = complaint.Status,
        Version = complaint.Version,
    };

    private static ComplaintView ViewOf(Complaint complaint) => new()
    {
        Id = complaint.Id,
        OrderId = complaint.OrderId,
        BuyerId = complaint.BuyerId,
        SellerId = complaint.SellerId,
        FiledBy = complaint.FiledBy,
        FiledAt = complaint.FiledAt,
        Reason = complaint.Reason,
        Text = complaint.Body,
        Status = complaint.Status,
        Version = complaint.Version,
        Outcome = complaint.Outcome,
        Against = complaint.Against,
        OutcomeText = complaint.OutcomeBody,
        DecidedAt = complaint.DecidedAt,
        Evidence = [],
    };
}
