using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.Members;
using P2P.Server.Core;
using P2P.Server.Deals.Chat;

namespace P2P.Server.Admin.Disputes;

/// <summary>
/// Lets whoever has an open case, and its helpers, read the room of its order and the room's files; nobody else of the staff. Each read is a
/// row of the audit log and one for the parties, written before anything is shown.
/// </summary>
public sealed class CaseReadFlow(Database database)
{
    /// <summary>Messages, by staff's own hub.</summary>
    public Task<MessagePage> Messages(StaffCaller staff, GetCaseMessagesRequest request, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        ChatRules.CheckRange(request.BeforeSeq, request.AfterSeq);
        ListPage.Size(request.Limit);
        var wanted = new GetMessagesRequest
        {
            OrderId = request.OrderId,
            BeforeSeq = request.BeforeSeq,
            AfterSeq = request.AfterSeq,
            Limit = request.Limit,
        };
        return database.Write(
            async tx =>
            {
                if (await StaffReadSql.RoleOf(tx, request.OrderId, staff.Caller.UserId) is not { } role)
                {
                    throw await StaffReadSql.OrderExists(tx, request.OrderId)
                        ? new Refused(ErrorCodes.NotAssigned, "Only who has an open case of this order, or helps with it, reads its room.")
                        : ChatReadFlow.NotFound();
                }

                var page = await ChatReadFlow.MessagesForStaff(tx, wanted);
                var read = Of(request.OrderId, staff.Caller, role, why) with
                {
                    FromSeq = page.Messages.Count == 0 ? null : page.Messages.Min(message => message.Seq),
                    ToSeq = page.Messages.Count == 0 ? null : page.Messages.Max(message => message.Seq),
                };
                await Keep(tx, staff.Actor, read);
                return page;
            },
            cancellation);
    }

    /// <summary>The same by the hub of the order's kind, where an arbitrator has a profile there.</summary>
    public async Task<bool> MayReadRoom(Tx tx, GetMessagesRequest request, OutsideReader reader)
    {
        if (!IsStaff(reader) || await StaffReadSql.RoleOf(tx, request.OrderId, reader.Caller.UserId) is not { } role)
        {
            return false;
        }

        var size = ListPage.Size(request.Limit);
        await Keep(
            tx,
            ActorOf(reader),
            Of(request.OrderId, reader.Caller, role, "Looking into the case") with
            {
                FromSeq = request.AfterSeq is { } after ? after + 1 : null,
                ToSeq = request.AfterSeq is { } first ? first + size : request.BeforeSeq - 1,
            });
        return true;
    }

    /// <summary>A file of the room.</summary>
    public async Task<bool> MayReadFile(OutsideReader reader, StoredFile file, CancellationToken cancellation) =>
        file.OrderId is { } orderId && IsStaff(reader) && await database.Write(
            async tx =>
            {
                if (await StaffReadSql.RoleOf(tx, orderId, reader.Caller.UserId) is not { } role)
                {
                    return false;
                }

                await Keep(tx, ActorOf(reader), Of(orderId, reader.Caller, role, "Looking into the case") with { FileId = file.Id });
                return true;
            },
            cancellation);

    private static async Task Keep(Tx tx, StaffActor actor, StaffRead read)
    {
        var what = read.FileId is { } file
            ? $"file {file}"
            : string.Create(CultureInfo.InvariantCulture, $"messages {read.FromSeq} to {read.ToSeq}");
        await StaffReadSql.Insert(tx, read);
        await StaffSql.Audit(
            tx, actor, read.FileId is null ? "chat.read" : "file.read", $"order:{read.OrderId}", null, what, read.Reason);
    }

    private static StaffRead Of(Guid orderId, Caller caller, StaffReader role, string why) =>
        new() { Id = Ids.New(), OrderId = orderId, ReaderId = caller.UserId, Role = role, Reason = why };

    private static bool IsStaff(OutsideReader reader) =>
        StaffMemberFlow.Helping.Any(role => CallerClaims.HasRole(reader.Principal, role));

    private static StaffActor ActorOf(OutsideReader reader) => new($"staff:{reader.Caller.Sub}", reader.Ip);
}
