using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Disputes;

/// <summary>Who of the staff acts on a case, and why.</summary>
/// <param name="Caller">The user behind the role.</param>
/// <param name="Actor">How the audit log names them.</param>
/// <param name="IsAdmin">They have the role admin.</param>
/// <param name="Reason">Why; null for acts that need to say nothing.</param>
public sealed record StaffAct(Caller Caller, StaffActor Actor, bool IsAdmin, string? Reason = null);

/// <summary>
/// What staff do with disputes. The audit row says what was asked and is written first, so that nothing is done of which there is no trace; what came
/// of it stands in the dispute's steps. A repeat of a request is no second row.
/// </summary>
public sealed class DisputeStaffFlow(Database database, AccountChanges changes, DisputeFlow disputes)
{
    private const int SignersMax = 100;

    /// <summary>Gives the case to somebody, or takes it from everybody; staff who look into it first take it out of negotiation.</summary>
    public Task<DisputeReply> Assign(StaffAct act, DisputeRequest request, long? assigneeId, CancellationToken cancellation) =>
        Act(
            act,
            request,
            new { request.DisputeId, request.ExpectedVersion, assigneeId, act.Reason },
            "dispute.assign",
            assigneeId is { } to ? $"to user:{to}" : "to nobody",
            order => Command(act, request, order, DisputeAction.Assign) with { AssigneeId = assigneeId },
            cancellation);

    /// <summary>Decides a case that is one's own, or as an admin any.</summary>
    public async Task<DisputeReply> Rule(StaffAct act, DisputeRequest request, RulingTerms ruling, CancellationToken cancellation)
    {
        var terms = ruling with { Text = DisputeFlow.Words(ruling.Text) };
        CheckShape(terms.Decision, terms.BuyerPercent);
        long[] signers = [.. await database.Read(tx => DisputeReadSql.Signers(tx, SignersMax), cancellation)];
        return await Act(
            act,
            request,
            new { request.DisputeId, request.ExpectedVersion, terms, act.Reason },
            "dispute.rule",
            terms.BuyerPercent is { } part ? $"{terms.Decision} {WireJson.Spell(part)} %: {terms.Text}" : $"{terms.Decision}: {terms.Text}",
            order => Command(act, request, order, DisputeAction.Rule) with { Ruling = terms, Colleagues = signers },
            cancellation);
    }

    /// <summary>Agrees, as a second person, to a ruling on a high amount.</summary>
    public Task<DisputeReply> Confirm(StaffAct act, DisputeRequest request, CancellationToken cancellation) => Act(
        act,
        request,
        new { request.DisputeId, request.ExpectedVersion, act.Reason },
        "dispute.confirm",
        "the ruling",
        order => Command(act, request, order, DisputeAction.ConfirmRuling),
        cancellation);

    /// <summary>Refuses a decision that names the buyer's part where it must not, or does not where it must.</summary>
    public static void CheckShape(RulingDecision decision, decimal? buyerPercent)
    {
        if (decision == RulingDecision.Unknown)
        {
            throw new Refused(ErrorCodes.BadInput, "A ruling releases, refunds or splits.", ("path", "decision"));
        }

        if ((decision == RulingDecision.Split) != (buyerPercent is not null)
            || (buyerPercent is { } percent && (percent is <= 0 or >= 100 || decimal.Round(percent, 2) != percent)))
        {
            throw new Refused(
                ErrorCodes.BadInput,
                "A split names the buyer's part, more than 0 and less than 100 percent with two decimals; no other decision does.",
                ("path", "buyerPercent"));
        }
    }

    private async Task<DisputeReply> Act(
        StaffAct act,
        DisputeRequest request,
        object body,
        string action,
        string what,
        Func<Guid, MoveDispute> command,
        CancellationToken cancellation)
    {
        if (Ids.TimeOf(request.RequestId) is null)
        {
            throw new Refused(ErrorCodes.BadInput, "A request id is a UUID of version 7.", ("path", "requestId"));
        }

        var (order, isRepeat) = await database.Read(
            async tx => (
                await DisputeReadSql.Order(tx, request.DisputeId),
                await RequestSql.Find(tx, act.Caller.UserId, request.RequestId) is not null),
            cancellation);
        if (order is not { } orderId)
        {
            throw new Refused(ErrorCodes.NotFound, "There is no such dispute.");
        }

        if (!isRepeat)
        {
            await changes.Run(
                change => StaffSql.Audit(change.Tx, act.Actor, action, $"dispute:{request.DisputeId}", null, what, act.Reason), cancellation);
        }

        return await disputes.Run(command(orderId) with { BodyHash = RequestHash.Of(action, body) }, cancellation);
    }

    private static MoveDispute Command(StaffAct act, DisputeRequest request, Guid order, DisputeAction action) => new()
    {
        UserId = act.Caller.UserId,
        RequestId = request.RequestId,
        BodyHash = [],
        OrderId = order,
        Action = action,
        By = Party.Staff,
        ExpectedVersion = request.ExpectedVersion,
        IsAdmin = act.IsAdmin,
    };
}
