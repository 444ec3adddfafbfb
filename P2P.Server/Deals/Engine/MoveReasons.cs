using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;

namespace P2P.Server.Deals.Engine;

/// <summary>Reasons against an action that every kind of order gives alike; pure.</summary>
public static class MoveReasons
{
    /// <param name="status">Where the order stands.</param>
    /// <param name="words">That in words.</param>
    public static Reason WrongStatus(OrderStatus status, string words) =>
        Refused.Because(ErrorCodes.WrongStatus, $"This cannot be done to an order that is {words}.", ("status", Wire(status)));

    /// <param name="owner">Whose action it is.</param>
    public static Reason WrongParty(Party owner) =>
        Refused.Because(ErrorCodes.WrongParty, $"This is for the {Words(owner)} to do.", ("by", Wire(owner)));

    public static Reason Passed(DateTimeOffset deadline) =>
        Refused.Because(ErrorCodes.DeadlinePassed, "The time for this is over.", ("deadline", WireJson.Spell(deadline)));

    public static Reason NotReached(DateTimeOffset? deadline) => Refused.Because(
        ErrorCodes.DeadlineNotReached, "The time is not over.", ("deadline", deadline is { } time ? WireJson.Spell(time) : ""));

    public static Reason Done(string sentence) => Refused.Because(ErrorCodes.AlreadyDone, sentence);

    /// <summary>Money goes to somebody else by a suspended hand no more; the dispute that the suspension opened decides.</summary>
    public static Reason SuspendedHand() =>
        Refused.Because(ErrorCodes.Suspended, "Your account is suspended: staff decide about this order.");

    /// <summary>Why a proposal to call an order off cannot be made, accepted or ended; null for nothing, and for any other action.</summary>
    public static Reason? OfProposal(Order order, OrderAction action, Party by) => action switch
    {
        OrderAction.RequestCancel when order.CancelRequestedBy is { } proposer => Done(
            proposer == by ? "You have proposed this already." : "The other party has proposed this already: accept it."),
        OrderAction.AcceptCancel when order.CancelRequestedBy is null || order.CancelRequestedBy == by => NotProposed(),
        OrderAction.DeclineCancel when order.CancelRequestedBy is null => NotProposed(),
        _ => null,
    };

    private static Reason NotProposed() => Refused.Because(ErrorCodes.NotRequested, "The other party has not proposed to cancel.");

    private static string Wire<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Words(Party party) => party switch
    {
        Party.Buyer => "buyer",
        Party.Seller => "seller",
        Party.Staff => "staff",
        _ => "server",
    };
}
