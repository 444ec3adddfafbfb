using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Complaints;

namespace P2P.Tests.Rules;

/// <summary>Complaints without a database: every order and caller, every complaint and member of staff.</summary>
public sealed class ComplaintRulesTests
{
    private const long Buyer = 1;
    private const long Seller = 2;
    private const long First = 900_001;
    private const long Second = 900_002;
    private static readonly DateTimeOffset Ended = OrderFixtures.Now;
    private static readonly ComplaintSettings Settings = new();

    [Test]
    public void Only_ended_orders_within_the_days_are_complained_about_and_the_first_reason_is_named()
    {
        var cells = 0;
        foreach (var status in Enum.GetValues<OrderStatus>())
        {
            foreach (var isFiled in new[] { false, true })
            {
                foreach (var (days, isLate) in new[] { (0, false), (13, false), (14, true), (400, true) })
                {
                    foreach (var open in new[] { 0, 4, 5 })
                    {
                        var order = new ComplainedOrder
                        {
                            Id = Guid.CreateVersion7(),
                            Kind = OrderKind.Crypto,
                            BuyerId = Buyer,
                            SellerId = Seller,
                            Status = status,
                            UpdatedAt = Ended,
                        };
                        var hasEnded = status is OrderStatus.Released or OrderStatus.Cancelled or OrderStatus.Expired or OrderStatus.Completed or OrderStatus.Declined;
                        var code = !hasEnded ? ErrorCodes.WrongStatus
                            : isFiled ? ErrorCodes.AlreadyDone
                            : isLate ? ErrorCodes.DeadlinePassed
                            : open >= 5 ? ErrorCodes.QuotaExceeded
                            : null;
                        ComplaintRules.CannotFile(order, isFiled, open, Ended.AddDays(days), Settings)?.Code
                            .ShouldBe(code, $"{status}, filed {isFiled}, {days} days, {open} open");
                        cells++;
                    }
                }
            }
        }

        TestContext.Out.WriteLine($"{cells} cells.");
    }

    [Test]
    public void A_complaint_is_given_and_decided_by_whose_it_is_or_an_admin_and_never_by_a_party()
    {
        foreach (var status in new[] { ComplaintStatus.Open, ComplaintStatus.UnderReview, ComplaintStatus.Decided })
        {
            foreach (var actor in new[] { First, Second, Buyer, Seller })
            {
                foreach (var isAdmin in new[] { false, true })
                {
                    var complaint = Complaint(status);
                    var touch = status == ComplaintStatus.Decided ? ErrorCodes.WrongStatus
                        : actor is Buyer or Seller ? ErrorCodes.ConflictOfInterest
                        : null;
                    var isOwn = complaint.AssigneeId == actor;
                    ComplaintRules.CannotDecide(complaint, 3, actor, isAdmin)?.Code
                        .ShouldBe(touch ?? (isAdmin || isOwn ? null : ErrorCodes.NotAssigned));
                    ComplaintRules.CannotDecide(complaint, 2, actor, isAdmin)?.Code.ShouldBe(ErrorCodes.StaleVersion);
                    foreach (var to in new long?[] { null, First, Second, Buyer })
                    {
                        var may = isAdmin || isOwn || (complaint.AssigneeId is null && to == actor);
                        ComplaintRules.CannotAssign(complaint, null, actor, isAdmin, to)?.Code
                            .ShouldBe(touch ?? (to == Buyer ? ErrorCodes.ConflictOfInterest : may ? null : ErrorCodes.NotAssigned));
                    }
                }
            }
        }
    }

    [Test]
    public void Every_outcome_names_whom_it_is_against_but_the_one_that_does_nothing()
    {
        foreach (var outcome in Enum.GetValues<ComplaintOutcome>())
        {
            foreach (var against in new Party?[] { null, Party.Buyer, Party.Seller, Party.System, Party.Staff, Party.Unknown })
            {
                foreach (var until in new DateTimeOffset?[] { null, Ended })
                {
                    var isRight = outcome switch
                    {
                        ComplaintOutcome.Unknown => false,
                        ComplaintOutcome.Closed => against is null && until is null,
                        ComplaintOutcome.Suspension => against is Party.Buyer or Party.Seller,
                        _ => against is Party.Buyer or Party.Seller && until is null,
                    };
                    var decision = new ComplaintDecision(outcome, against, until, "x");
                    if (isRight)
                    {
                        ComplaintRules.CheckShape(decision);
                    }
                    else
                    {
                        Should.Throw<Refused>(() => ComplaintRules.CheckShape(decision)).Code.ShouldBe(ErrorCodes.BadInput);
                    }
                }
            }
        }
    }

    private static Complaint Complaint(ComplaintStatus status) => new()
    {
        Id = Guid.CreateVersion7(),
        OrderId = Guid.CreateVersion7(),
        Kind = OrderKind.Crypto,
        BuyerId = Buyer,
        SellerId = Seller,
        FilerId = Buyer,
        FiledBy = Party.Buyer,
        Reason = ComplaintReason.Other,
        Body = "x",
        Status = status,
        Version = 3,
        FiledAt = Ended,
        AssigneeId = status == ComplaintStatus.Open ? null : First,
    };
}
