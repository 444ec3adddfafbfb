using System.Diagnostics.Metrics;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Core;

namespace P2P.Tests.Admin;

/// <summary>S28: what does not add up freezes releases within one period and is told; reads go on; staff let go what they have looked at.</summary>
public sealed class LedgerWatchTests : AdminFixture
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override Dictionary<string, string?> Settings => new() { ["Ledger:WatchSeconds"] = "1" };

    [TearDown]
    public async Task Let_everything_run()
    {
        var admin = await Admin();
        foreach (var finding in (await admin.Ledger.ListFindingsAsync(openOnly: true, limit: 100, cancellationToken: Bounded)).Items)
        {
            await admin.Ledger.AcknowledgeAsync(finding.Id, "The test is over", Bounded);
        }

        await admin.House.ResumeReleasesAsync("The test is over", Bounded);
    }

    [Test]
    public async Task A_verification_tells_its_progress_and_that_all_is_well()
    {
        var admin = await Admin();
        await ConfirmedOrder();
        var heard = new List<LedgerVerification>();

        var ended = await admin.Ledger.VerifyAsync("Every quarter", new Told<LedgerVerification>(heard.Add), Bounded);

        ended.State.ShouldBe(VerificationState.Clean);
        heard[0].State.ShouldBe(VerificationState.Waiting);
        var report = ended.Report.ShouldNotBeNull();
        report.Violations.ShouldBeEmpty();
        report.Orders.ShouldBePositive();
        report.HistoryRows.ShouldBeGreaterThan(report.Orders);
        report.Entries.ShouldBePositive();
        (await Refused(() => admin.Ledger.GetVerificationAsync(Guid.CreateVersion7(), Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await admin.House.ListAuditAsync(new ListAuditRequest { Target = $"verification:{ended.Id}" }, Bounded)).Items.Single().Reason
            .ShouldBe("Every quarter");
    }

    [Test]
    public async Task One_verification_runs_at_a_time_and_one_whose_node_has_gone_counts_no_more()
    {
        var admin = await Admin();
        var id = Guid.CreateVersion7();
        await Sql(
            $"""
            insert into ledger_verifications (id, state, asked_by, reason, asked_at, beat_at)
            values ('{id}', 'Running', 'staff:x', 'r', clock_timestamp(), clock_timestamp())
            """);
        var refusal = await Refusal(() => admin.Ledger.BeginVerificationAsync("Now", Bounded));
        (refusal.Code, Detail(refusal, "verificationId")).ShouldBe((ErrorCodes.VerificationRunning, id.ToString()));

        await Sql($"update ledger_verifications set beat_at = beat_at - interval '1 minute' where id = '{id}'");
        (await admin.Ledger.GetVerificationAsync(id, Bounded)).State.ShouldBe(VerificationState.Failed);
        (await admin.Ledger.VerifyAsync("Now", cancellationToken: Bounded)).State.ShouldBe(VerificationState.Clean);
    }

    [Test]
    public async Task A_planted_violation_freezes_releases_within_one_period_and_reads_go_on()
    {
        var (admin, watcher) = (await Admin(), await Connected(StaffRoles.Support));
        var (buyer, seller, order) = await ConfirmedOrder();
        await Eventually(async () => (await admin.Ledger.GetWatchAsync(Bounded)).SweptAt is not null);
        var signal = new TaskCompletionSource<FindingsChanged>(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Ledger.FindingsChanged += (_, change) => signal.TrySetResult(change);
        var counted = 0L;
        using var meters = Counted("p2p.ledger.violations", number => Interlocked.Add(ref counted, number));

        // Past the triggers, as only a superuser can.
        await Plant(Id(seller), "+ 1");
        var took = await Eventually(async () => (await Releases(admin)).Paused, within: 5 * Period);

        TestContext.Out.WriteLine($"Frozen after {took.TotalSeconds:0.0} s");
        var releases = await Releases(admin);
        releases.By.ShouldBe("system:ledger-watch");
        releases.Reason.ShouldNotBeNull().ShouldContain("I1: All accounts of BTC sum to 1");
        (await Refused(() => seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.ReleasesPaused);
        (await Read(buyer, order)).State.Status.ShouldBe(OrderStatus.PaymentConfirmed);
        (await buyer.Client.Wallet.GetBalancesAsync(Bounded)).ShouldNotBeEmpty();
        (await OrderAwaitingPayment()).Order.ShouldNotBe(Guid.Empty);
        Interlocked.Read(ref counted).ShouldBeGreaterThanOrEqualTo(2);
        var told = await signal.Task.WaitAsync(TimeSpan.FromSeconds(10));
        told.Open.ShouldBeGreaterThanOrEqualTo(2);

        await Let_go(admin, seller, order);
    }

    /// <summary>Acknowledged first, then let go; and what was acknowledged does not freeze again.</summary>
    private async Task Let_go(P2PAdminClient admin, Support.Trader seller, Guid order)
    {
        (await Refused(() => admin.House.ResumeReleasesAsync("It will be fine", Bounded))).ShouldBe(ErrorCodes.FindingsOpen);
        var findings = (await admin.Ledger.ListFindingsAsync(openOnly: true, cancellationToken: Bounded)).Items;
        findings.Select(finding => finding.Rule).Distinct().Order().ShouldBe(["I1", "I2"]);
        (await Refused(() => admin.Ledger.AcknowledgeAsync(findings[0].Id, " ", Bounded))).ShouldBe(ErrorCodes.BadInput);
        foreach (var finding in findings)
        {
            var noted = await admin.Ledger.AcknowledgeAsync(finding.Id, "A test planted it", Bounded);
            noted.AcknowledgedBy.ShouldNotBeNull().ShouldStartWith("staff:");
            noted.Note.ShouldBe("A test planted it");
        }

        (await Refused(() => admin.Ledger.AcknowledgeAsync(findings[0].Id, "Again", Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        (await admin.House.ResumeReleasesAsync("Looked at", Bounded)).Switches.ShouldAllBe(one => !one.Paused);

        // It is seen again, with other amounts even: the same finding, and nothing freezes.
        await seller.Client.Ads.GetMarketsAsync(Bounded);
        var seen = (await admin.Ledger.GetWatchAsync(Bounded)).CheckedAt;
        await Eventually(async () => (await admin.Ledger.GetWatchAsync(Bounded)).CheckedAt > seen + Period);
        (await admin.Ledger.ListFindingsAsync(openOnly: true, cancellationToken: Bounded)).Items.ShouldBeEmpty();
        await Plant(Id(seller), "- 1");
        (await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Released);
        (await admin.Ledger.VerifyAsync("After the repair", cancellationToken: Bounded)).State.ShouldBe(VerificationState.Clean);
    }

    [Test]
    public async Task A_verification_that_finds_something_freezes_releases_too()
    {
        var admin = await Admin();
        var (_, _, order) = await ConfirmedOrder();
        var watcher = (await admin.Ledger.GetWatchAsync(Bounded)).IsOn;
        watcher.ShouldBeTrue();
        const string Table = "order_history";
        await Sql($"alter table {Table} disable trigger user; update {Table} set actor_id = actor_id + 1 where order_id = '{order}' and version = 2");

        (await admin.Ledger.VerifyAsync("A suspicion", cancellationToken: Bounded)).State.ShouldBe(VerificationState.Violated);

        (await Releases(admin)).Paused.ShouldBeTrue();
        await Sql($"update {Table} set actor_id = actor_id - 1 where order_id = '{order}' and version = 2; alter table {Table} enable trigger user");
        (await admin.Ledger.ListFindingsAsync(openOnly: true, cancellationToken: Bounded)).Items
            .ShouldContain(finding => finding.Sentence.Contains(order.ToString(), StringComparison.Ordinal));
    }

    private Task Plant(long userId, string change) =>
        Sql($"update accounts set balance = balance {change} where kind = 'Available' and asset = 'BTC' and user_id = {userId}");

    private static async Task<SwitchView> Releases(P2PAdminClient admin) =>
        (await admin.House.GetAsync(Bounded)).Switches.Single(one => one.Switch == HouseSwitch.Releases);

    private static MeterListener Counted(string name, Action<long> count)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == ServerMeter.Name && instrument.Name == name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, number, _, _) => count(number));
        listener.Start();
        return listener;
    }

    /// <summary>As <see cref="Progress{T}"/>, on the thread that tells.</summary>
    private sealed class Told<T>(Action<T> hear) : IProgress<T>
    {
        public void Report(T value) => hear(value);
    }
}
