using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Merchants;
using P2P.Server.Core;
using static P2P.Tests.Rules.OrderFixtures;

namespace P2P.Tests.Rules;

/// <summary>Who may ask to be a merchant.</summary>
public sealed class MerchantRulesTests
{
    private static readonly MerchantSettings Settings = new();

    private static readonly MerchantFacts Ready = new()
    {
        UserId = 1,
        IsVerified = true,
        IsMerchant = false,
        JoinedAt = Now.AddDays(-90),
        Completed = 95,
        Cancelled = 5,
        Now = Now,
    };

    [Test]
    public void Every_requirement_is_told_met_or_not_up_to_its_own_edge()
    {
        var seen = 0;
        foreach (var verified in new[] { true, false })
        {
            foreach (var (completed, cancelled) in new[] { (95, 5), (94, 6), (50, 2), (49, 0), (0, 0) })
            {
                foreach (var days in new[] { 90, 89 })
                {
                    var user = Ready with { IsVerified = verified, Completed = completed, Cancelled = cancelled, JoinedAt = Now.AddDays(-days) };
                    var met = MerchantRules.Requirements(user, Settings).ToDictionary(one => one.Kind, one => one.IsMet);
                    met.Count.ShouldBe(4);
                    met[MerchantRequirementKind.Verified].ShouldBe(verified);
                    met[MerchantRequirementKind.CompletedTrades].ShouldBe(completed >= 50);
                    met[MerchantRequirementKind.CompletionRate].ShouldBe(completed > 0 && completed * 100 >= 95 * (completed + cancelled));
                    met[MerchantRequirementKind.AccountAgeDays].ShouldBe(days >= 90);
                    MerchantRules.MeetsAll(user, Settings).ShouldBe(met.Values.All(one => one));
                    MerchantRules.CannotApply(user, null, Settings).Any().ShouldBe(!met.Values.All(one => one));
                    seen++;
                }
            }
        }

        seen.ShouldBe(20);
        MerchantRules.Requirements(Ready, Settings with { VerifiedOnly = false }).Count.ShouldBe(3);
    }

    [Test]
    public void Reasons_come_in_the_documented_order()
    {
        var open = Application(MerchantApplicationStatus.Open, null);
        Codes(Ready with { IsMerchant = true, IsVerified = false, Completed = 0 }, open)
            .ShouldBe([ErrorCodes.AlreadyMerchant, ErrorCodes.ApplicationOpen, ErrorCodes.RequirementsUnmet]);
        MerchantRules.CannotApply(Ready with { IsVerified = false, Completed = 0 }, null, Settings).Single()
            .Details.ShouldNotBeNull()["unmet"].ShouldBe("verified,completedTrades,completionRate");
        foreach (var (status, ended, free) in new[]
        {
            (MerchantApplicationStatus.Declined, Now.AddDays(-30) + Microsecond, false),
            (MerchantApplicationStatus.Declined, Now.AddDays(-30), true),
            (MerchantApplicationStatus.Withdrawn, Now, true),
            (MerchantApplicationStatus.Approved, Now, true),
        })
        {
            Codes(Ready, Application(status, ended)).ShouldBe(free ? [] : [ErrorCodes.DeadlineNotReached]);
        }
    }

    [TestCase("", "KE", null, null, "text", "businessName")]
    [TestCase("shop", "ke", null, null, "text", "country")]
    [TestCase("shop", "KEN", null, null, "text", "country")]
    [TestCase("shop", "KE", "123456789012345678901234567890123456789012345678901", null, "text", "registrationNumber")]
    [TestCase("shop", "KE", null, "http://shop.example", "text", "website")]
    [TestCase("shop", "KE", null, null, " \u200b ", "text")]
    public void A_wrong_application_is_refused(string name, string country, string? number, string? site, string text, string path)
    {
        var refused = Should.Throw<Refused>(() => MerchantRules.Clean(new ApplyForMerchantRequest
        {
            RequestId = Guid.Empty,
            BusinessName = name,
            Country = country,
            RegistrationNumber = number,
            Website = site,
            Text = text,
        }));
        (refused.Code, refused.Reason.Details.ShouldNotBeNull()["path"]).ShouldBe((ErrorCodes.BadInput, path));
    }

    private static IEnumerable<string> Codes(MerchantFacts user, MerchantApplicationRow newest) =>
        MerchantRules.CannotApply(user, newest, Settings).Select(reason => reason.Code);

    private static MerchantApplicationRow Application(MerchantApplicationStatus status, DateTimeOffset? endedAt) => new()
    {
        Id = Guid.Empty,
        UserId = 1,
        BusinessName = "shop",
        Country = "KE",
        Body = "text",
        Status = status,
        CreatedAt = Now.AddDays(-40),
        DecidedAt = endedAt,
    };
}
