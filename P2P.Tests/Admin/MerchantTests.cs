using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Server.Accounts.Merchants;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>From an application to the status and out of it again.</summary>
public sealed class MerchantTests : AdminFixture
{
    [Test]
    public async Task Who_meets_what_is_asked_applies_and_becomes_a_merchant()
    {
        var (admin, applicant) = (await Admin(), await Ready());
        var heard = Hears<MerchantApplicationChanged>(applicant.Client);
        var before = await applicant.Client.Merchant.GetStatusAsync(Bounded);
        (before.IsMerchant, before.CannotApplyBecause.Count, before.Application).ShouldBe((false, 0, null));
        before.Requirements.ShouldAllBe(one => one.IsMet);

        var applied = await Apply(applicant);
        var application = applied.Application.ShouldNotBeNull();
        (application.BusinessName, application.Country, application.Status).ShouldBe(("Shop & Co", "KE", MerchantApplicationStatus.Open));
        applied.CannotApplyBecause.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.ApplicationOpen);
        (await Refused(() => Apply(applicant))).ShouldBe(ErrorCodes.ApplicationOpen);

        var listed = await Listed(admin, application.Id);
        (listed.UserId, listed.Username, listed.IsMerchant, listed.Requirements.Count).ShouldBe((Id(applicant), applicant.Name, false, 4));
        listed.Application.ShouldBe(application);
        var decided = await admin.Merchants.ApproveAsync(application.Id, "Checked the register", Bounded);
        (decided.Status, decided.UserId, decided.IsMerchant).ShouldBe((MerchantApplicationStatus.Approved, Id(applicant), true));
        (await Refused(() => admin.Merchants.DeclineAsync(application.Id, "after all", Bounded))).ShouldBe(ErrorCodes.WrongStatus);
        (await Refused(() => admin.Merchants.ApproveAsync(Guid.CreateVersion7(), "none", Bounded))).ShouldBe(ErrorCodes.NotFound);

        var after = await applicant.Client.Merchant.GetStatusAsync(Bounded);
        (after.IsMerchant, after.Application!.DecidedReason).ShouldBe((true, "Checked the register")); // There is one.
        (await Refused(() => Apply(applicant))).ShouldBe(ErrorCodes.AlreadyMerchant);
        (await applicant.Client.Profiles.GetAsync(Id(applicant), Bounded)).IsMerchant.ShouldBeTrue();
        await Eventually(() => heard.All.Count == 2);
        heard.All.Select(change => change.Status).ShouldBe([MerchantApplicationStatus.Open, MerchantApplicationStatus.Approved]);
        (await Audited(applicant)).ShouldBe(["user.merchant"]);
    }

    [Test]
    public async Task A_no_comes_with_a_reason_and_a_pause()
    {
        var (admin, applicant) = (await Admin(), await Ready());
        var id = (await Apply(applicant)).Application!.Id; // It was just made.
        await admin.Merchants.DeclineAsync(id, "The register has no such number", Bounded);
        var status = await applicant.Client.Merchant.GetStatusAsync(Bounded);
        var application = status.Application.ShouldNotBeNull();
        (application.Status, application.DecidedReason).ShouldBe((MerchantApplicationStatus.Declined, "The register has no such number"));
        status.CannotApplyBecause.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.DeadlineNotReached);
        var refusal = await Refusal(() => Apply(applicant));
        Detail(refusal, "deadline").ShouldBe(WireJson.Spell(application.DecidedAt.ShouldNotBeNull().AddDays(30)));
        (await Audited(applicant)).ShouldBe(["merchant.decline"]);
        await NotificationsAreMade();
        (await applicant.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items
            .ShouldContain(notice => notice.Kind == NotificationKind.MerchantDeclined);

        await Sql($"update merchant_applications set decided_at = decided_at - interval '30 days' where id = '{id}'");
        (await Apply(applicant)).Application!.Status.ShouldBe(MerchantApplicationStatus.Open); // It was just made.
        (await applicant.Client.Merchant.WithdrawAsync(Bounded)).Application!.Status.ShouldBe(MerchantApplicationStatus.Withdrawn);
        (await Refused(() => applicant.Client.Merchant.WithdrawAsync(Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task Who_does_not_meet_what_is_asked_is_told_what_is_missing()
    {
        var newcomer = await Buyer();
        var status = await newcomer.Client.Merchant.GetStatusAsync(Bounded);
        status.Requirements.Select(one => (one.Kind, one.IsMet)).ShouldBe(
        [
            (MerchantRequirementKind.Verified, false), (MerchantRequirementKind.CompletedTrades, false),
            (MerchantRequirementKind.CompletionRate, false), (MerchantRequirementKind.AccountAgeDays, false),
        ]);
        var refusal = await Refusal(() => Apply(newcomer));
        (refusal.Code, Detail(refusal, "unmet"))
            .ShouldBe((ErrorCodes.RequirementsUnmet, "verified,completedTrades,completionRate,accountAgeDays"));
    }

    [Test]
    public async Task Of_two_decisions_at_once_one_holds_and_nobody_decides_on_themselves()
    {
        var (one, other, applicant) = (await Admin(), await Admin(), await Ready());
        var id = (await Apply(applicant)).Application!.Id; // It was just made.
        var own = Staff(applicant.Name, StaffRoles.Admin);
        await own.ConnectAsync(Bounded);
        (await Refused(() => own.Merchants.ApproveAsync(id, "me", Bounded))).ShouldBe(ErrorCodes.OwnAccount);

        var outcomes = await Task.WhenAll(Outcome(one.Merchants.ApproveAsync(id, "yes", Bounded)), Outcome(other.Merchants.DeclineAsync(id, "no", Bounded)));
        outcomes.Count(code => code is null).ShouldBe(1);
        outcomes.ShouldContain(ErrorCodes.WrongStatus);
        var status = await applicant.Client.Merchant.GetStatusAsync(Bounded);
        status.IsMerchant.ShouldBe(status.Application!.Status == MerchantApplicationStatus.Approved); // It is decided.
    }

    [Test]
    public async Task The_server_proposes_to_look_at_who_no_longer_meets_what_is_asked_and_staff_keep_or_revoke()
    {
        var (admin, merchant) = (await Admin(), await Ready());
        await admin.Users.SetMerchantAsync(Id(merchant), "by hand", Bounded);
        await Sweep();
        (await Proposed(admin, merchant)).ShouldBeNull();
        (await Refused(() => admin.Merchants.KeepAsync(Id(merchant), "fine", Bounded))).ShouldBe(ErrorCodes.NotFound);

        await Sql($"update standings set cancelled = 40 where user_id = {Id(merchant)}");
        await Sweep();
        var review = (await Proposed(admin, merchant)).ShouldNotBeNull();
        review.Requirements.Single(one => !one.IsMet).Kind.ShouldBe(MerchantRequirementKind.CompletionRate);
        (await admin.Merchants.KeepAsync(Id(merchant), "a bad week", Bounded)).IsMerchant.ShouldBeTrue();
        (await Proposed(admin, merchant)).ShouldBeNull();

        await Sql($"update merchant_reviews set kept_until = now() where user_id = {Id(merchant)}");
        (await Proposed(admin, merchant)).ShouldNotBeNull().ProposedAt.ShouldBe(review.ProposedAt);
        await admin.Users.RevokeMerchantAsync(Id(merchant), "too many cancelled", Bounded);
        (await Proposed(admin, merchant)).ShouldBeNull();
        await NotificationsAreMade();
        (await merchant.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items
            .ShouldContain(notice => notice.Kind == NotificationKind.MerchantRevoked);

        await Sweep();
        (await Sql<long>($"select count(*) from merchant_reviews where user_id = {Id(merchant)}")).ShouldBe(0);
    }

    /// <summary>Somebody who meets every requirement.</summary>
    private async Task<Trader> Ready()
    {
        var trader = await Buyer();
        await Sql($"update profiles set is_verified = true, joined_at = now() - interval '91 days' where user_id = {Id(trader)}");
        await Sql($"update standings set completed = 60, cancelled = 1 where user_id = {Id(trader)}");
        return trader;
    }

    private static Task<MerchantStatus> Apply(Trader trader) => trader.Client.Merchant.ApplyAsync(
        " Shop & Co ", "KE", "We sell.", "PVT-123", "https://shop.example", Bounded);

    private static async Task<StaffMerchantApplication> Listed(P2PAdminClient admin, Guid id)
    {
        string? cursor = null;
        do
        {
            var page = await admin.Merchants.ListApplicationsAsync(limit: 2, cursor: cursor, cancellationToken: Bounded);
            if (page.Items.FirstOrDefault(row => row.Application.Id == id) is { } found)
            {
                return found;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
        throw new AssertionException("The application is in no page.");
    }

    private static async Task<MerchantReview?> Proposed(P2PAdminClient admin, Trader merchant) =>
        (await admin.Merchants.ListReviewsAsync(100, cancellationToken: Bounded)).Items.FirstOrDefault(row => row.UserId == Id(merchant));

    private Task Sweep() => Market.Service<MerchantFlow>().Sweep(Bounded);

    private Task<string[]> Audited(Trader trader) =>
        Sql<string[]>($"select array_agg(action order by seq) from audit_log where target = 'user:{Id(trader)}'");

    private static async Task<string?> Outcome(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (P2PException refused)
        {
            return refused.Code;
        }
    }
}
