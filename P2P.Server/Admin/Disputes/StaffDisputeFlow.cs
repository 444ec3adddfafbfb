using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.Members;
using P2P.Server.Admin.Orders;
using P2P.Server.Core;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Admin.Disputes;

/// <summary>What the calls on the dispute queue work with.</summary>
public sealed record StaffDisputeDesk(StaffDisputeFlow Reads, StaffDisputeActFlow Acts, CaseReadFlow Rooms, StaffMemberFlow Members);

/// <summary>What staff read of disputes.</summary>
public sealed class StaffDisputeFlow(Database database, DisputeSettings settings)
{
    private const int PastCasesMax = 50;

    public async Task<Page<StaffDisputeRow>> List(StaffCaller staff, ListDisputeQueueRequest request, CancellationToken cancellation)
    {
        StaffDisputeRules.Check(request);
        var size = ListPage.Size(request.Limit);
        var isEnded = request.Ended == true;
        var (afterAt, afterId) = isEnded ? (null, ListPage.Id(request.Cursor)) : ListPage.Moment(request.Cursor);
        var search = new DisputeQueueSearch
        {
            ViewerId = staff.Caller.UserId,
            Status = request.Status?.ToString(),
            AssignedToMe = request.AssignedToMe,
            Unassigned = request.Unassigned,
            SecondWanted = request.SecondWanted,
            Watched = request.Watched,
            DueWithinMinutes = request.DueWithinMinutes,
            UserId = request.UserId,
            AfterAt = afterAt,
            AfterId = afterId,
            RowsMax = size + 1,
        };
        var rows = (await database.Read(
            tx => isEnded ? StaffDisputeSql.Ended(tx, search) : StaffDisputeSql.Queue(tx, search), cancellation)).ToList();
        return new Page<StaffDisputeRow>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? CursorAfter(rows[size - 1]) : null,
        };
    }

    /// <summary>Reads what the parties said to each other and to staff, and says so in the audit log: without the row there is no answer.</summary>
    public Task<StaffDisputeView> Get(StaffCaller staff, GetStaffDisputeRequest request, CancellationToken cancellation) =>
        request.DisputeId is null && request.OrderId is null
            ? throw new Refused(ErrorCodes.BadInput, "Name the dispute or its order.", ("path", "disputeId"))
            : database.Write(
                async tx =>
                {
                    var row = await StaffDisputeSql.Find(tx, request.DisputeId, request.OrderId, staff.Caller.UserId) ?? throw NotFound();
                    if (staff.Caller.UserId == row.BuyerId || staff.Caller.UserId == row.SellerId)
                    {
                        throw new Refused(ErrorCodes.ConflictOfInterest, "A party of the order sees its dispute as a party.");
                    }

                    var view = await View(tx, row);
                    await StaffSql.Audit(tx, staff.Actor, "dispute.read", $"dispute:{row.DisputeId}", null, null, null);
                    return view;
                },
                cancellation);

    /// <summary>What a ruling would do, on what stands now.</summary>
    public Task<RulingCheck> Check(StaffCaller staff, CheckRulingRequest request, CancellationToken cancellation)
    {
        DisputeStaffFlow.CheckShape(request.Decision, request.BuyerPercent);
        return database.Snapshot(
            async tx =>
            {
                var dispute = await StaffDisputeSql.Dispute(tx, request.DisputeId) ?? throw NotFound();
                var order = await StaffDisputeSql.Order(tx, dispute.OrderId) ?? throw NotFound();
                return StaffDisputeRules.Check(new DisputeFacts
                {
                    Dispute = dispute,
                    Order = order,
                    Proof = new DisputeProof
                    {
                        OrderId = order.Id,
                        BuyerHasShown = false, // What was shown counts for the rules of time, not for people.
                        SellerHasShown = false,
                        Scale = await StaffDisputeSql.ScaleOf(tx, order.Asset),
                        Rulings = 0,
                    },
                    Action = DisputeAction.Rule,
                    By = Party.Staff,
                    ActorId = staff.Caller.UserId,
                    IsAdmin = staff.IsAdmin,
                    Ruling = new RulingTerms(request.Decision, request.BuyerPercent, ""),
                    Now = dispute.RaisedAt, // The check is on people, not on time.
                    Settings = settings,
                });
            },
            cancellation);
    }

    private static async Task<StaffDisputeView> View(Tx tx, StaffDisputeRow row)
    {
        var detail = await StaffDisputeSql.Detail(tx, row.DisputeId) ?? throw NotFound();
        return new StaffDisputeView
        {
            Dispute = row,
            Text = detail.Text,
            Order = new StaffOrderView
            {
                Order = await StaffOrderSql.Find(tx, row.OrderId) ?? throw NotFound(),
                History = [.. await StaffOrderSql.History(tx, row.OrderId)],
                Transfers = [.. await StaffOrderSql.Transfers(tx, row.OrderId)],
            },
            PaymentReference = detail.PaymentReference,
            Buyer = await StaffDisputeSql.Party(tx, row.BuyerId) ?? throw NotFound(),
            Seller = await StaffDisputeSql.Party(tx, row.SellerId) ?? throw NotFound(),
            Evidence = [.. await DisputeReadSql.Evidence(tx, row.DisputeId)],
            Rulings = [.. await StaffDisputeSql.Rulings(tx, row.DisputeId)],
            Waiting = WaitingOf(detail),
            AppealText = detail.AppealText,
            Steps = [.. await StaffDisputeSql.Steps(tx, row.DisputeId)],
            Helpers = [.. (await StaffMemberSql.HelpersOf(tx, row.DisputeId)).Select(member => member.View())],
            PastCases = [.. await StaffDisputeSql.PastCases(tx, row, PastCasesMax)],
        };
    }

    private static StaffRulingView? WaitingOf(CaseDetail detail) => detail is { SecondWanted: true, Decision: { } decision }
        ? new StaffRulingView
        {
            Decision = decision,
            BuyerPercent = detail.BuyerPercent,
            RulerId = detail.RulerId ?? 0,
            Text = detail.RulingBody ?? "",
            IsFinal = false,
        }
        : null;

    private static string CursorAfter(StaffDisputeRow row) =>
        row.Deadline is { } deadline ? ListPage.After(deadline, row.DisputeId) : ListPage.After(row.DisputeId);

    private static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such dispute.");
}
