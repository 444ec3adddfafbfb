using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;

namespace P2P.Tests.Admin;

/// <summary>What staff tell everybody: heard on every node, listed until its end, and the numbers that staff hear themselves.</summary>
public sealed class AnnouncementTests : AdminFixture
{
    protected override int Nodes => 2;

    [TearDown]
    public Task End_all() => Sql("update announcements set ended_at = clock_timestamp() where ended_at is null");

    [Test]
    public async Task An_announcement_is_heard_on_every_node_and_listed_until_it_ends()
    {
        var admin = await Admin();
        var (here, there) = (await Buyer(), await Buyer(node: 1));
        var (heardHere, heardThere, heardStaff) = (Waiting(), Waiting(), Waiting());
        here.Client.Announcements.Changed += (_, change) => Take(heardHere, change);
        there.Client.Announcements.Changed += (_, change) => Take(heardThere, change);
        admin.Announcements.Changed += (_, change) => Take(heardStaff, change);

        var made = await admin.Announcements.AnnounceAsync(
            AnnouncementSeverity.Warning,
            [Text(NotificationLanguage.Swahili, "Benki"), Text(NotificationLanguage.English, " The bank ")],
            DateTimeOffset.UtcNow.AddHours(1),
            "The bank closes",
            Bounded);

        made.By.ShouldStartWith("staff:");
        made.Announcement.Texts.Select(text => text.Title).ShouldBe(["The bank", "Benki"]);
        foreach (var heard in new[] { heardHere, heardThere, heardStaff })
        {
            (await heard.Task.WaitAsync(TimeSpan.FromSeconds(10))).Items.Single().Id.ShouldBe(made.Announcement.Id);
        }

        var listed = (await there.Client.Announcements.ListAsync(Bounded)).Single();
        listed.Severity.ShouldBe(AnnouncementSeverity.Warning);
        listed.Texts.ShouldBe(made.Announcement.Texts);

        (await admin.Announcements.EndAsync(made.Announcement.Id, "It opens again", Bounded)).EndedAt.ShouldNotBeNull();
        (await here.Client.Announcements.ListAsync(Bounded)).ShouldBeEmpty();
        (await Refused(() => admin.Announcements.EndAsync(made.Announcement.Id, "Again", Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await admin.Announcements.ListAsync(cancellationToken: Bounded)).Items.ShouldContain(one => one.Announcement.Id == made.Announcement.Id);
        var acts = (await admin.House.ListAuditAsync(new ListAuditRequest { Target = $"announcement:{made.Announcement.Id}" }, Bounded)).Items;
        acts.Select(row => row.Action).ShouldBe(["announcement.end", "announcement.make"]);
    }

    [Test]
    public async Task One_that_begins_later_is_not_shown_before_and_five_are_enough()
    {
        var (admin, buyer) = (await Admin(), await Buyer());
        var later = Request() with { From = DateTimeOffset.UtcNow.AddMinutes(30) };
        var made = await admin.Announcements.AnnounceAsync(later, Bounded);
        (await admin.Announcements.AnnounceAsync(later, Bounded)).Announcement.Id.ShouldBe(made.Announcement.Id);
        for (var i = 1; i < 5; i++)
        {
            await admin.Announcements.AnnounceAsync(Request(), Bounded);
        }

        (await Refused(() => admin.Announcements.AnnounceAsync(Request(), Bounded))).ShouldBe(ErrorCodes.QuotaExceeded);
        var shown = await buyer.Client.Announcements.ListAsync(Bounded);
        shown.Count.ShouldBe(4);
        shown.ShouldNotContain(one => one.Id == made.Announcement.Id);
    }

    [Test]
    public async Task What_cannot_be_announced_is_refused()
    {
        var admin = await Admin();
        AnnounceRequest[] wrong =
        [
            Request() with { Severity = AnnouncementSeverity.Unknown },
            Request() with { Texts = [] },
            Request() with { Texts = [Text(NotificationLanguage.French, "La banque")] },
            Request() with { Texts = [Text(NotificationLanguage.English, "A"), Text(NotificationLanguage.English, "B")] },
            Request() with { Texts = [Text(NotificationLanguage.English, new string('x', 101))] },
            Request() with { Texts = [Text(NotificationLanguage.English, " ")] },
            Request() with { Until = DateTimeOffset.UtcNow.AddMinutes(-1) },
            Request() with { From = DateTimeOffset.UtcNow.AddHours(2) },
            Request() with { Until = DateTimeOffset.UtcNow.AddDays(91) },
            Request() with { Reason = "" },
        ];
        foreach (var request in wrong)
        {
            (await Refused(() => admin.Announcements.AnnounceAsync(request, Bounded))).ShouldBe(ErrorCodes.BadInput);
        }
    }

    [Test]
    public async Task Staff_hear_the_counters_every_few_seconds()
    {
        var admin = await Connected(StaffRoles.ReadOnly);
        var (_, _, order) = await OrderAwaitingPayment();
        order.ShouldNotBe(Guid.Empty);
        var heard = new List<HouseCounters>();
        admin.House.CountersChanged += (_, counters) =>
        {
            lock (heard)
            {
                heard.Add(counters);
            }
        };

        HouseCounters? newest = null;
        await Eventually(() =>
        {
            lock (heard)
            {
                newest = heard.LastOrDefault(one => one.OpenOrders.Count > 0);
                return newest is not null && heard.Count > 1;
            }
        });

        var counters = newest.ShouldNotBeNull();
        counters.OpenOrders.Single().Orders.ShouldBe(1);
        counters.Escrow.Single().ShouldBe(new AssetAmount { Asset = "BTC", Amount = 0.5m });
        counters.Connections.ShouldBeGreaterThanOrEqualTo(3);
        counters.Users.ShouldBeGreaterThanOrEqualTo(3);
        (counters.TimerLagMs, counters.OutboxDepth, counters.OpenFindings).ShouldBe((0, 0, 0));
        (await admin.House.GetCountersAsync(Bounded)).At.ShouldBeGreaterThanOrEqualTo(counters.At);
    }

    [Test]
    public async Task The_audit_log_is_filtered_by_time_and_verifies_part_by_part()
    {
        var admin = await Admin();
        var before = await Sql<DateTime>("select clock_timestamp()");
        await admin.House.PauseTradingAsync("One", Bounded);
        var between = await Sql<DateTime>("select clock_timestamp()");
        await admin.House.ResumeTradingAsync("Two", Bounded);

        (await Reasons(new ListAuditRequest { From = before })).ShouldBe(["Two", "One"]);
        (await Reasons(new ListAuditRequest { From = before, To = between })).ShouldBe(["One"]);
        (await Reasons(new ListAuditRequest { From = between, Action = "house.pause" })).ShouldBeEmpty();
        var whole = await admin.House.VerifyAuditAsync(cancellationToken: Bounded);
        (whole.Violation, whole.More).ShouldBe((null, false));
        whole.Rows.ShouldBe(whole.LastSeq);

        const string Table = "audit_log";
        await Sql($"alter table {Table} disable trigger user; update {Table} set reason = 'Won' where reason = 'One'");
        (await admin.House.VerifyAuditAsync(cancellationToken: Bounded)).Violation.ShouldNotBeNull()
            .ShouldBe($"I9: Row {whole.LastSeq - 1} of the audit log was changed: it does not hash to what it says.");
        (await admin.House.VerifyAuditAsync(whole.LastSeq, Bounded)).Rows.ShouldBe(0);
        await Sql($"update {Table} set reason = 'One' where reason = 'Won'; alter table {Table} enable trigger user");
        (await Refused(() => admin.House.VerifyAuditAsync(-1, Bounded))).ShouldBe(ErrorCodes.BadInput);

        async Task<IEnumerable<string?>> Reasons(ListAuditRequest request) =>
            (await admin.House.ListAuditAsync(request, Bounded)).Items.Where(row => row.Target == "switch:Trading").Select(row => row.Reason);
    }

    private static AnnounceRequest Request() => new()
    {
        RequestId = Guid.CreateVersion7(),
        Severity = AnnouncementSeverity.Information,
        Texts = [Text(NotificationLanguage.English, "Hello")],
        Until = DateTimeOffset.UtcNow.AddHours(1),
        Reason = "A test",
    };

    private static AnnouncementText Text(NotificationLanguage language, string title) =>
        new() { Language = language, Title = title, Text = "More of it." };

    private static TaskCompletionSource<AnnouncementsChanged> Waiting() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Take(TaskCompletionSource<AnnouncementsChanged> heard, AnnouncementsChanged change)
    {
        if (change.Items.Count > 0)
        {
            heard.TrySetResult(change);
        }
    }
}
