using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Deals.Disputes;

/// <summary>
/// What staff do with disputes. The audit row says what was asked and is written first, so that nothing is done of which there is no trace; what came
/// of it stands in the dispute's steps.
/// </summary>
public sealed class DisputeStaffFlow(Database database, AccountChanges changes, DisputeFlow disputes)
{
    /// <summary>Gives the case to somebody, or takes it from everybody; staff who look into it first take it out of negotiation.</summary>
    public Task<DisputeReply> Assign(
        Caller caller, StaffActor actor, DisputeRequest request, long? assigneeId, bool isAdmin, CancellationToken cancellation) =>
        Act(
            caller,
            actor,
            request.DisputeId,
            new { request.DisputeId, request.ExpectedVersion, assigneeId },
            "dispute.assign",
            assigneeId is { } to ? $"to user:{to}" : "to nobody",
            order => Command(caller, request, order, DisputeAction.Assign) with { AssigneeId = assigneeId, IsAdmin = isAdmin },
            cancellation);

    /// <summary>Decides a case that is one's own, or as an admin any.</summary>
    public Task<DisputeReply> Rule(
        Caller caller, StaffActor actor, DisputeRequest request, RulingTerms ruling, bool isAdmin, CancellationToken cancellation)
    {
        var terms = ruling with { Text = DisputeFlow.Words(ruling.Text) };
        if (terms.Decision == RulingDecision.Unknown
            || (terms.Decision == RulingDecision.Split) != (terms.BuyerPercent is not null)
            || (terms.BuyerPercent is { } percent && (percent is <= 0 or >= 100 || decimal.Round(percent, 2) != percent)))
        {
            throw new Refused(
                ErrorCodes.BadInput,
                "A split names the buyer's part, more than 0 and less than 100 percent with two decimals; no other decision does.",
                ("path", "buyerPercent"));
        }

        return Act(
            caller,
            actor,
            request.DisputeId,
            new { request.DisputeId, request.ExpectedVersion, terms },
            "dispute.rule",
            terms.BuyerPercent is { } part ? $"{terms.Decision} {WireJson.Spell(part)} %" : terms.Decision.ToString(),
            order => Command(caller, request, order, DisputeAction.Rule) with { Ruling = terms, IsAdmin = isAdmin },
            cancellation,
            terms.Text);
    }

    /// <summary>Agrees, as a second person, to a ruling on a high amount.</summary>
    public Task<DisputeReply> Confirm(Caller caller, StaffActor actor, DisputeRequest request, bool isAdmin, CancellationToken cancellation) => Act(
        caller,
        actor,
        request.DisputeId,
        new { request.DisputeId, request.ExpectedVersion },
        "dispute.confirm",
        "the ruling",
        order => Command(caller, request, order, DisputeAction.ConfirmRuling) with { IsAdmin = isAdmin },
        cancellation);

    private async Task<DisputeReply> Act(
        Caller caller,
        StaffActor actor,
        Guid disputeId,
        object body,
        string action,
        string what,
        Func<Guid, MoveDispute> command,
        CancellationToken cancellation,
        string? reason = null)
    {
        var order = await database.Read(tx => DisputeReadSql.Order(tx, disputeId), cancellation)
            ?? throw new Refused(ErrorCodes.NotFound, "There is no such dispute.");
        await changes.Run(
            async change =>
            {
                await StaffSql.Audit(change.Tx, actor, action, $"dispute:{disputeId}", null, what, reason);
                return 0;
            },
            cancellation);
        return await disputes.Run(command(order) with { BodyHash = RequestHash.Of(action, body), UserId = caller.UserId }, cancellation);
    }

    private static MoveDispute Command(Caller caller, DisputeRequest request, Guid order, DisputeAction action) => new()
    {
        UserId = caller.UserId,
        RequestId = request.RequestId,
        BodyHash = [],
        OrderId = order,
        Action = action,
        By = Party.Staff,
        ExpectedVersion = request.ExpectedVersion,
    };
}
