using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Disputes;

namespace P2P.Server.Admin.Disputes;

/// <summary>Pure decisions about staff's acts on cases, beside those that move a dispute.</summary>
public static class StaffDisputeRules
{
    /// <summary>Helpers of one case.</summary>
    public const int HelpersMax = 10;

    /// <summary>Cases on one watch list.</summary>
    public const int WatchesMax = 200;

    private const int DueMinutesMax = 100_000;

    /// <summary>Refuses filters that mean nothing.</summary>
    public static void Check(ListDisputeQueueRequest request)
    {
        if (request.Status is { } status && (status == DisputeStatus.Unknown || !Enum.IsDefined(status)))
        {
            throw new Refused(ErrorCodes.BadInput, "There is no such status.", ("path", "status"));
        }

        if (request.DueWithinMinutes is < 1 or > DueMinutesMax)
        {
            throw new Refused(ErrorCodes.BadInput, $"A deadline lies 1 to {DueMinutesMax} minutes ahead.", ("path", "dueWithinMinutes"));
        }
    }

    /// <summary>Why this member of staff cannot let somebody help with the case, or no longer; null when they can.</summary>
    public static Reason? CannotChooseHelper(DisputeRow dispute, long actorId, bool isAdmin, long helperId, bool isToHelp, int helpers)
    {
        if (isToHelp && !dispute.IsOpen)
        {
            return Refused.Because(
                ErrorCodes.WrongStatus, "This dispute has ended.", ("status", JsonNamingPolicy.CamelCase.ConvertName(dispute.Status.ToString())));
        }

        if (IsParty(dispute, actorId) || (isToHelp && IsParty(dispute, helperId)))
        {
            return Refused.Because(ErrorCodes.ConflictOfInterest, "A party of the order has no part in deciding it.");
        }

        if (!isAdmin && dispute.AssigneeId != actorId)
        {
            return Refused.Because(ErrorCodes.NotAssigned, "Whoever has the case chooses its helpers.");
        }

        return isToHelp && helpers >= HelpersMax
            ? Refused.Because(
                ErrorCodes.QuotaExceeded, $"A case has at most {HelpersMax} helpers.", ("quota", "helpers"), ("limit", $"{HelpersMax}"))
            : null;
    }

    /// <summary>What a ruling would do.</summary>
    public static RulingCheck Check(DisputeFacts facts)
    {
        var (order, terms) = (facts.Order, facts.Ruling ?? throw new InvalidOperationException("A ruling without its terms."));
        var share = terms.BuyerPercent is { } percent ? DisputeRules.ShareOf(order.AtStake, percent, facts.Proof.Scale) : 0;
        var (buyerGets, sellerGets, fee) = terms.Decision switch
        {
            RulingDecision.Release => (order.Held - order.Fee, 0m, order.Fee),
            RulingDecision.Refund => (0m, order.Held, 0m),
            _ => (share, order.Held - share, 0m),
        };
        var check = new RulingCheck
        {
            Allowed = true,
            Reasons = [],
            BuyerGets = buyerGets,
            SellerGets = sellerGets,
            Fee = fee,
            NeedsSecond = false,
            IsFinal = false,
        };
        try
        {
            var outcome = DisputeRules.Decide(facts);
            return check with { NeedsSecond = outcome.Dispute.SecondWanted, IsFinal = outcome.Ruling is { IsFinal: true } };
        }
        catch (Refused refused)
        {
            return check with { Allowed = false, Reasons = [refused.Reason] };
        }
    }

    public static bool IsParty(DisputeRow dispute, long userId) => userId == dispute.BuyerId || userId == dispute.SellerId;
}
