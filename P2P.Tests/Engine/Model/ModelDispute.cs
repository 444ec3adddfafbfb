using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Tests.Engine.Model;

/// <summary>What the engine must do with disputes, said a second time: nobody shows anything here, so that rules see no proof.</summary>
internal sealed class ModelDispute
{
    public const decimal TwoPeopleAbove = 1.5m;
    public const int RoundsMax = 3;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan StaffTime = TimeSpan.FromDays(3);

    public required int? Raiser { get; init; }

    public required DisputeStatus Status { get; set; }

    public required DateTimeOffset? Deadline { get; set; }

    public int Version { get; set; } = 1;

    public int Rounds { get; set; }

    public long? Assignee { get; set; }

    public RulingDecision? Decision { get; set; }

    public decimal Percent { get; set; }

    public long? Ruler { get; set; }

    public bool SecondWanted { get; set; }

    public bool BuyerAccepts { get; set; }

    public bool SellerAccepts { get; set; }

    public bool IsOpen => Deadline is not null;

    public static ModelDispute Raised(int? raiser, bool toStaff, DateTimeOffset now) => new()
    {
        Raiser = raiser,
        Status = toStaff ? DisputeStatus.AwaitingStaff : DisputeStatus.Negotiating,
        Deadline = now + (toStaff ? StaffTime : Day),
    };

    public void Settle() => (Status, Deadline, Version, SecondWanted) = (DisputeStatus.Settled, null, Version + 1, false);

    /// <summary>Does it; the refusal's code, or null, and whether the ruling takes effect now.</summary>
    public (string? Code, bool TakesEffect) Do(
        DisputeAction action, Party by, long actor, bool isAdmin, long? assignee, RulingDecision decision, decimal crypto, DateTimeOffset now)
    {
        if (Objection(action, by, actor, isAdmin, assignee, now) is { } code)
        {
            return (code, false);
        }

        Version++;
        switch (action)
        {
            case DisputeAction.Escalate:
                ToStaff(now);
                break;
            case DisputeAction.Assign:
                if (Status == DisputeStatus.Negotiating)
                {
                    ToStaff(now);
                }

                Assignee = assignee;
                break;
            case DisputeAction.Rule:
                (Decision, Percent, Ruler) = (decision, decision == RulingDecision.Split ? 50 : 0, actor);
                if (Status == DisputeStatus.Appealed)
                {
                    return (null, End());
                }

                if (crypto > TwoPeopleAbove)
                {
                    SecondWanted = true;
                }
                else
                {
                    Tell(now);
                }

                break;
            case DisputeAction.ConfirmRuling:
                Tell(now);
                break;
            case DisputeAction.Accept:
                (BuyerAccepts, SellerAccepts) = (BuyerAccepts || by == Party.Buyer, SellerAccepts || by == Party.Seller);
                return (null, BuyerAccepts && SellerAccepts && End());
            case DisputeAction.Appeal:
                (Status, Assignee, Rounds, Deadline) = (DisputeStatus.Appealed, null, 0, now + StaffTime);
                break;
            case DisputeAction.TimeOver:
                return (null, TimeOver(now));
            default:
                throw new InvalidOperationException($"The model does not know {action}.");
        }

        return (null, false);
    }

    private string? Objection(DisputeAction action, Party by, long actor, bool isAdmin, long? assignee, DateTimeOffset now)
    {
        if (action == DisputeAction.TimeOver)
        {
            return Deadline is null || now < Deadline ? ErrorCodes.DeadlineNotReached : null;
        }

        var isParty = by is Party.Buyer or Party.Seller;
        var accepted = by == Party.Buyer ? BuyerAccepts : SellerAccepts;
        var fits = (action, Status) switch
        {
            (DisputeAction.Escalate, DisputeStatus.Negotiating) => isParty,
            (DisputeAction.Accept or DisputeAction.Appeal, DisputeStatus.DecisionPending) => isParty,
            (DisputeAction.Assign, DisputeStatus.Negotiating or DisputeStatus.AwaitingStaff or DisputeStatus.Appealed) => by == Party.Staff,
            (DisputeAction.Rule, DisputeStatus.AwaitingStaff or DisputeStatus.Appealed) => by == Party.Staff,
            (DisputeAction.ConfirmRuling, DisputeStatus.AwaitingStaff) => by == Party.Staff,
            _ => false,
        };
        return !fits ? ErrorCodes.WrongStatus
            : action switch
            {
                DisputeAction.Accept => accepted ? ErrorCodes.AlreadyDone : null,
                DisputeAction.Appeal => accepted ? ErrorCodes.AlreadyDone : now >= Deadline ? ErrorCodes.DeadlinePassed : null,
                DisputeAction.Assign when !isAdmin && Assignee != actor && (Assignee is not null || assignee != actor) => ErrorCodes.NotAssigned,
                DisputeAction.Assign => Status == DisputeStatus.Appealed && assignee is not null && assignee == Ruler ? ErrorCodes.SamePerson : null,
                DisputeAction.ConfirmRuling => !SecondWanted ? ErrorCodes.NotRequested : actor == Ruler ? ErrorCodes.SamePerson : null,
                DisputeAction.Rule => !isAdmin && Assignee != actor ? ErrorCodes.NotAssigned
                    : Status == DisputeStatus.Appealed && Ruler == actor ? ErrorCodes.SamePerson : null,
                _ => null,
            };
    }

    private bool TimeOver(DateTimeOffset now)
    {
        switch (Status)
        {
            case DisputeStatus.Negotiating:
            case DisputeStatus.AwaitingStaff when Rounds + 1 >= RoundsMax:
                (Decision, Percent, Ruler, Assignee) = (RulingDecision.Refund, 0, 0, null);
                Tell(now);
                return false;
            case DisputeStatus.DecisionPending:
            case DisputeStatus.Appealed when Rounds + 1 >= RoundsMax:
                return End();
            default:
                (Assignee, Rounds, Deadline) = (null, Rounds + 1, now + StaffTime);
                return false;
        }
    }

    private void ToStaff(DateTimeOffset now) => (Status, Rounds, Deadline) = (DisputeStatus.AwaitingStaff, 0, now + StaffTime);

    private void Tell(DateTimeOffset now) =>
        (Status, SecondWanted, BuyerAccepts, SellerAccepts, Deadline) = (DisputeStatus.DecisionPending, false, false, false, now + Day);

    private bool End()
    {
        (Status, Deadline) = (DisputeStatus.Decided, null);
        return true;
    }
}
