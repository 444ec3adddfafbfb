using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;

namespace P2P.Server.Deals.Complaints;

/// <summary>Pure decisions about complaints.</summary>
public static class ComplaintRules
{
    /// <summary>Until when an order that has ended can be complained about.</summary>
    public static DateTimeOffset ClosesAt(DateTimeOffset endedAt, ComplaintSettings settings) => endedAt.AddDays(settings.WindowDays);

    /// <summary>Why the order cannot be complained about, in the documented order; null when it can.</summary>
    public static Reason? CannotFile(ComplainedOrder order, bool isFiled, int open, DateTimeOffset now, ComplaintSettings settings)
    {
        if (!order.Status.IsEnded())
        {
            return Refused.Because(
                ErrorCodes.WrongStatus,
                "A complaint is for orders that have ended: while one is open, raise a dispute.",
                ("status", Wire(order.Status)));
        }

        if (isFiled)
        {
            return Refused.Because(ErrorCodes.AlreadyDone, "You have filed a complaint about this order: add what you have to it.");
        }

        var closesAt = ClosesAt(order.UpdatedAt, settings);
        return now >= closesAt
            ? Refused.Because(ErrorCodes.DeadlinePassed, "The time to complain about this order is over.", ("deadline", WireJson.Spell(closesAt)))
            : open >= settings.OpenMax
                ? Quota("complaints", settings.OpenMax, $"You have {settings.OpenMax} open complaints already.")
                : null;
    }

    /// <summary>Why nothing can be shown any more; null when it can.</summary>
    public static Reason? CannotShow(Complaint complaint, int shown, ComplaintSettings settings) =>
        !complaint.IsOpen
            ? Ended(complaint)
            : shown >= settings.EvidenceMax
                ? Quota("evidence", settings.EvidenceMax, $"A complaint takes {settings.EvidenceMax} pieces of evidence of a party.")
                : null;

    /// <summary>Why this member of staff cannot give the complaint to that one (null takes it from everybody); null when they can.</summary>
    public static Reason? CannotAssign(Complaint complaint, int? expectedVersion, long actorId, bool isAdmin, long? assigneeId)
    {
        if (CannotTouch(complaint, expectedVersion, actorId) is { } reason)
        {
            return reason;
        }

        if (assigneeId is { } to && complaint.IsParty(to))
        {
            return Conflict();
        }

        var takes = complaint.AssigneeId is null && assigneeId == actorId;
        return isAdmin || takes || complaint.AssigneeId == actorId ? null : NotAssigned();
    }

    /// <summary>Why this member of staff cannot decide the complaint; null when they can.</summary>
    public static Reason? CannotDecide(Complaint complaint, int? expectedVersion, long actorId, bool isAdmin) =>
        CannotTouch(complaint, expectedVersion, actorId) ?? (isAdmin || complaint.AssigneeId == actorId ? null : NotAssigned());

    /// <summary>Refuses a decision whose parts do not fit together.</summary>
    public static void CheckShape(ComplaintDecision decision)
    {
        if (decision.Outcome == ComplaintOutcome.Unknown || !Enum.IsDefined(decision.Outcome))
        {
            throw Bad("outcome", "There is no such outcome.");
        }

        if (decision.Against is not (null or Party.Buyer or Party.Seller)
            || (decision.Against is null) != (decision.Outcome == ComplaintOutcome.Closed))
        {
            throw Bad("against", "A measure is against the buyer or the seller; a complaint that is closed is against nobody.");
        }

        if (decision.SuspendedUntil is not null && decision.Outcome != ComplaintOutcome.Suspension)
        {
            throw Bad("suspendedUntil", "Only a suspension has an end.");
        }
    }

    private static Reason? CannotTouch(Complaint complaint, int? expectedVersion, long actorId) =>
        expectedVersion is { } expected && expected != complaint.Version
            ? Refused.Because(
                ErrorCodes.StaleVersion,
                "It has changed meanwhile. Read it again, then decide.",
                ("version", complaint.Version.ToString(CultureInfo.InvariantCulture)))
            : !complaint.IsOpen
                ? Ended(complaint)
                : complaint.IsParty(actorId)
                    ? Conflict()
                    : null;

    private static Reason Ended(Complaint complaint) =>
        Refused.Because(ErrorCodes.WrongStatus, "This complaint was decided.", ("status", Wire(complaint.Status)));

    private static Reason Conflict() => Refused.Because(ErrorCodes.ConflictOfInterest, "Nobody decides a complaint of their own.");

    private static Reason NotAssigned() =>
        Refused.Because(ErrorCodes.NotAssigned, "This complaint is not yours: have it assigned to you first.");

    private static Reason Quota(string quota, int limit, string sentence) => Refused.Because(
        ErrorCodes.QuotaExceeded, sentence, ("quota", quota), ("limit", limit.ToString(CultureInfo.InvariantCulture)));

    private static Refused Bad(string path, string sentence) => new(ErrorCodes.BadInput, sentence, ("path", path));

    private static string Wire<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
