using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Tests.Admin;

/// <summary>Users and orders through the admin hub; every act and every private read is a row of a chain that verifies.</summary>
public sealed class StaffUserTests : AdminFixture
{
    [Test]
    public async Task A_suspension_closes_the_users_connections_within_two_seconds_and_is_audited()
    {
        var admin = await Admin();
        var seller = await Seller();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        seller.Client.StateChanged += (_, change) =>
        {
            if (change.State != P2PClientState.Connected)
            {
                closed.TrySetResult();
            }
        };

        var reply = await admin.Users.SuspendAsync(Id(seller), "Sent a forged receipt", DateTimeOffset.UtcNow.AddDays(3), Bounded);

        reply.IsSuspended.ShouldBeTrue();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(2));
        var row = (await admin.House.ListAuditAsync(new ListAuditRequest { Target = $"user:{Id(seller)}" }, Bounded)).Items.Single();
        row.Action.ShouldBe("user.suspend");
        row.Reason.ShouldBe("Sent a forged receipt");
        row.Before.ShouldBe("not suspended");
        row.Actor.ShouldStartWith("staff:");
        row.Ip.ShouldNotBeNullOrEmpty();

        (await admin.Users.LiftAsync(Id(seller), "It was genuine", Bounded)).IsSuspended.ShouldBeFalse();
        (await Refused(() => admin.Users.LiftAsync(Id(seller), "Again", Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task A_repeat_of_an_act_is_no_second_act()
    {
        var admin = await Admin();
        var seller = await Seller();
        var request = new StaffUserRequest { RequestId = Guid.CreateVersion7(), UserId = Id(seller), Reason = "Met the requirements" };

        var first = await admin.Hub.SetMerchant(request, Bounded);
        (await admin.Hub.SetMerchant(request, Bounded)).ShouldBe(first);

        first.IsMerchant.ShouldBeTrue();
        (await Sql<long>($"select count(*) from audit_log where target = 'user:{Id(seller)}'")).ShouldBe(1);
        (await Refused(() => admin.Hub.SetMerchant(request with { Reason = "Another" }, Bounded))).ShouldBe(ErrorCodes.RequestIdReused);
    }

    [Test]
    public async Task The_user_hears_of_verification_and_of_a_merchants_rise_and_fall()
    {
        var admin = await Admin();
        var buyer = await Buyer();
        var heard = Hears<ProfileChanged>(buyer.Client);

        await admin.Users.VerifyAsync(Id(buyer), "Passport seen", Bounded);
        await admin.Users.SetMerchantAsync(Id(buyer), "Met the requirements", Bounded);
        (await admin.Users.RevokeMerchantAsync(Id(buyer), "Missed them", Bounded)).IsMerchant.ShouldBeFalse();

        await Eventually(() => heard.All.Count == 3);
        heard.All.Select(change => change.Change)
            .ShouldBe([ProfileChange.Verified, ProfileChange.MerchantGranted, ProfileChange.MerchantRevoked]);
    }

    [Test]
    public async Task Revoked_tokens_open_nothing_any_more()
    {
        var admin = await Admin();
        var seller = await Seller();
        var old = Market.Token(seller.Name);
        await Task.Delay(TimeSpan.FromSeconds(1.1)); // A token says the second in which it was made, no more.

        await admin.Users.RevokeTokensAsync(Id(seller), "Lost a telephone", Bounded);

        await using var client = new P2PClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(),
            TokenProvider = _ => ValueTask.FromResult(old),
        });
        (await Refused(() => client.ConnectAsync(Bounded))).ShouldBe(ErrorCodes.Unauthenticated);
    }

    [Test]
    public async Task Nobody_acts_on_their_own_account()
    {
        var seller = await Seller();
        var admin = Staff(seller.Name, StaffRoles.Admin);
        await admin.ConnectAsync(Bounded);
        (await Refused(() => admin.Users.VerifyAsync(Id(seller), "It is me", Bounded))).ShouldBe(ErrorCodes.OwnAccount);
        (await Sql<long>($"select count(*) from audit_log where target = 'user:{Id(seller)}'")).ShouldBe(0);
    }

    [Test]
    public async Task An_act_needs_a_reason_and_a_user()
    {
        var admin = await Admin();
        var seller = await Seller();
        (await Refused(() => admin.Users.VerifyAsync(Id(seller), " ", Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => admin.Users.SuspendAsync(Id(seller), new string('x', 1_001), null, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => admin.Users.SuspendAsync(Id(seller), "Late", DateTimeOffset.UtcNow.AddDays(-1), Bounded)))
            .ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => admin.Users.VerifyAsync(1, "Nobody", Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => admin.Users.VerifyAsync(0, "The server", Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task A_dossier_tells_all_and_its_reading_is_audited()
    {
        var admin = await Admin();
        var (buyer, seller, order) = await OrderAwaitingPayment();
        await Sql($"update profiles set phone_number = '+254700000001', email = 'x@example.org' where user_id = {Id(seller)}");

        var dossier = await admin.Users.GetAsync(Id(seller), Bounded);

        dossier.PhoneNumber.ShouldBe("+254700000001");
        dossier.Email.ShouldBe("x@example.org");
        dossier.OpenOrders.Single().OrderId.ShouldBe(order);
        dossier.OpenOrders.Single().BuyerId.ShouldBe(Id(buyer));
        dossier.Balances.Single(balance => balance.Asset == "BTC").InEscrow.ShouldBe(0.5m);
        (await admin.House.ListAuditAsync(new ListAuditRequest { Target = $"user:{Id(seller)}", Action = "user.read" }, Bounded))
            .Items.Count.ShouldBe(1);
        (await Refused(() => admin.Users.GetAsync(1, Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task Users_are_found_by_name_id_and_flags_page_by_page()
    {
        var admin = await Admin();
        var sellers = new[] { await Seller(), await Seller(), await Seller() };
        foreach (var seller in sellers)
        {
            await admin.Users.VerifyAsync(Id(seller), "Passport seen", Bounded);
        }

        var found = new List<StaffUserRow>();
        string? cursor = null;
        do
        {
            var page = await admin.Users.SearchAsync(
                new SearchUsersRequest { Search = "SELLER", IsVerified = true, Limit = 2, Cursor = cursor }, Bounded);
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        found.Select(row => row.UserId).ShouldBeUnique();
        sellers.Select(Id).ShouldBeSubsetOf(found.Select(row => row.UserId));
        found.ShouldAllBe(row => row.IsVerified);
        (await admin.Users.SearchAsync(new SearchUsersRequest { UserId = Id(sellers[0]) }, Bounded)).Items.Single().Username
            .ShouldBe(sellers[0].Name);
        (await admin.Users.SearchAsync(new SearchUsersRequest { Sub = sellers[1].Name }, Bounded)).Items.Single().UserId
            .ShouldBe(Id(sellers[1]));
        (await Refused(() => admin.Users.SearchAsync(new SearchUsersRequest { Cursor = "x" }, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => admin.Users.SearchAsync(new SearchUsersRequest { Limit = 101 }, Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task An_order_shows_its_history_and_every_movement_of_its_escrow()
    {
        var admin = await Admin();
        var (buyer, seller, order) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);

        var view = await admin.Orders.GetAsync(order, Bounded);

        view.History.Select(row => row.To).ShouldBe([OrderStatus.AwaitingPayment, OrderStatus.PaymentConfirmed, OrderStatus.Released]);
        view.Transfers.Where(entry => entry.Kind == TransferKind.Release).Sum(entry => entry.Amount).ShouldBe(0);
        view.Transfers.Count(entry => entry.Kind == TransferKind.Hold).ShouldBe(2);
        var listed = await admin.Orders.SearchAsync(
            new SearchOrdersRequest { UserId = Id(buyer), Status = OrderStatus.Released, From = DateTimeOffset.UtcNow.AddMinutes(-5) }, Bounded);
        listed.Items.Single().ShouldBe(view.Order);
        (await admin.Orders.SearchAsync(new SearchOrdersRequest { UserId = Id(buyer), To = DateTimeOffset.UtcNow.AddHours(-1) }, Bounded))
            .Items.ShouldBeEmpty();
        (await Refused(() => admin.Orders.GetAsync(Guid.CreateVersion7(), Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task The_audit_log_verifies_and_a_bar_moved_between_fields_is_found()
    {
        var admin = await Admin();
        var seller = await Seller();
        await admin.Users.VerifyAsync(Id(seller), "a|b", Bounded);
        (await LedgerVerifier.Verify(Market.Database.App, timerGrace: null)).Violations.ShouldBeEmpty();

        // Joined by bars alone, both spellings would hash alike.
        var seq = await Sql<long>($"select seq from audit_log where target = 'user:{Id(seller)}'");
        await Tamper($"update audit_log set after = 'verified|a', reason = 'b' where seq = {seq}");
        var found = (await LedgerVerifier.Verify(Market.Database.App, timerGrace: null)).Violations.Single();
        found.Sentence.ShouldContain($"Row {seq} of the audit log was changed");
        await Tamper($"update audit_log set after = 'verified', reason = 'a|b', version = 1 where seq = {seq}");
        (await LedgerVerifier.Verify(Market.Database.App, timerGrace: null)).Violations.Count.ShouldBe(1);
        await Tamper($"update audit_log set version = 2 where seq = {seq}");
        (await LedgerVerifier.Verify(Market.Database.App, timerGrace: null)).Violations.ShouldBeEmpty();
    }

    private Task Tamper(string statement) =>
        Sql($"alter table audit_log disable trigger user; {statement}; alter table audit_log enable trigger user");
}
