using Microsoft.Extensions.DependencyInjection;
using P2P.Contracts;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Tests.Accounts.Support;

namespace P2P.Tests.Accounts;

/// <summary>What a suspended user may still do, and what staff do to users (S05, S59).</summary>
public sealed class SuspensionTests
{
    private static readonly StaffActor Staff = new("operator:test", null);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(15);
    private AccountsServer _server = null!; // Set before each test.
    private StaffFlow _staff = null!; // Set before each test.
    private AccountGate _gate = null!; // Set before each test.

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await AccountsServer.Start();
        _staff = _server.Services.GetRequiredService<StaffFlow>();
        _gate = _server.Services.GetRequiredService<AccountGate>();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_suspended_user_reads_why_answers_and_leaves_and_does_nothing_else()
    {
        var user = await _server.Joined("suspended-1", "suspended_1");
        var caller = await user.Caller();
        await _staff.Suspend(Staff, "suspended_1", "Third-party payments", null, default);

        foreach (var (method, path, body) in new (HttpMethod, string, string?)[]
        {
            (HttpMethod.Put, "profile", """{"auto_reply_message":"x"}"""),
            (HttpMethod.Post, "profile/consent", """{"terms_version":1}"""),
            (HttpMethod.Post, "profile/create", """{"has_consent":true}"""),
        })
        {
            var refused = await user.Send(method, path, body is null ? null : RestUser.Json(body));
            (refused.Status, refused.Code).ShouldBe((403, "SUSPENDED"), path);
        }

        var check = await user.Get("profile/check");
        (check.Data.GetProperty("is_suspended").GetBoolean(), check.Data.GetProperty("can_connect").GetBoolean()).ShouldBe((true, false));
        (await user.Get("profile")).Profile.GetProperty("is_suspended").GetBoolean().ShouldBeTrue();
        (await user.Get("terms")).Status.ShouldBe(200);
        (await user.Post("ticket")).Status.ShouldBe(200);
        var why = await user.Get("suspension");
        why.Data.GetProperty("reason").GetString().ShouldBe("Third-party payments");
        why.Data.GetProperty("orders").GetArrayLength().ShouldBe(0);
        why.Data.GetProperty("disputes").GetArrayLength().ShouldBe(0);

        var (refusal, _) = await _gate.Admit(caller, default);
        refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.Suspended);
        refusal.Details.ShouldNotBeNull()["reason"].ShouldBe("Third-party payments");
        _server.Applied.ShouldContain((caller.UserId, true));
        (await _server.Sql<string>("select reason from revocations where sub = 'suspended-1'")).ShouldBe("suspended");
        (await _server.Sql<string>($"select action from audit_log where target = 'user:{caller.UserId}'")).ShouldBe("user.suspend");

        await _staff.Lift(Staff, "sub:suspended-1", "Appeal granted", default);
        (await user.Put("profile", new { auto_reply_message = "x" })).Status.ShouldBe(200);
        (await _gate.Admit(caller, default)).Refusal.ShouldBeNull();
        (await user.Post("sign-out")).Status.ShouldBe(200);
        (await _server.Sql<long>($"select count(*) from events where user_id = {caller.UserId} and type = 'ProfileChanged'")).ShouldBe(3);
    }

    [Test]
    public async Task A_suspension_ends_by_itself_at_its_time()
    {
        var user = await _server.Joined("suspended-2");
        var caller = await user.Caller();
        await _staff.Suspend(Staff, "suspended-2", "A short one", DateTimeOffset.UtcNow.AddSeconds(2), default);
        (await user.Put("profile", new { })).Status.ShouldBe(403);
        await Eventually(async () => !_server.Applied.Contains((caller.UserId, false))
            ? "the standing is not set yet"
            : (await user.Put("profile", new { })).Status == 200 ? null : "still suspended");
        (await _server.Sql<string>($"select lifted_by from suspensions where user_id = {caller.UserId}")).ShouldBe("system");
    }

    [Test]
    public async Task A_suspension_written_by_another_process_reaches_the_engine()
    {
        var user = await _server.Joined("suspended-3");
        var caller = await user.Caller();
        await _server.Sql(
            $"""
            insert into suspensions (id, user_id, reason, suspended_by, at)
            values (gen_random_uuid(), {caller.UserId}, 'By hand', 'operator', clock_timestamp())
            """);
        await Eventually(() => Task.FromResult(_server.Applied.Contains((caller.UserId, true)) ? null : "not applied yet"));
    }

    [Test]
    public async Task A_statement_is_kept_once_with_an_own_order_and_can_confirm_its_payment()
    {
        var user = await _server.Joined("stating");
        var seller = await _server.Joined("stating-seller");
        var order = await Order((await user.Caller()).UserId, (await seller.Caller()).UserId);
        await _staff.Suspend(Staff, "stating", "A reason", null, default);
        for (var i = 0; i < 2; i++)
        {
            (await user.Post("suspension/statement", new { order_id = order, text = "I have paid." })).Status.ShouldBe(200);
        }

        (await _server.Sql<long>($"select count(*) from order_statements where order_id = '{order}'")).ShouldBe(1);
        _server.Confirmed.ShouldBeEmpty();
        (await user.Post("suspension/statement", new { order_id = order, text = "Here it is.", payment_reference = " REF 7 " }))
            .Status.ShouldBe(200);
        _server.Confirmed.ShouldBe([(order, "REF 7")]);

        var stranger = await _server.Joined("stating-stranger");
        var foreign = await stranger.Post("suspension/statement", new { order_id = order, text = "Mine?" });
        var random = await stranger.Post("suspension/statement", new { order_id = Guid.NewGuid(), text = "Mine?" });
        foreign.Body.GetRawText().ShouldBe(random.Body.GetRawText());
        (foreign.Status, foreign.Code).ShouldBe((404, "NOT_FOUND"));
        (await user.Post("suspension/statement", new { order_id = order, text = " \u202e " })).Status.ShouldBe(400);
        (await user.Post("suspension/statement", new { order_id = order, text = new string('x', 4_001) })).Status.ShouldBe(400);
    }

    [Test]
    public async Task Staff_verify_and_promote_with_one_audit_row_each()
    {
        var user = await _server.Joined("promoted", "Promoted");
        var id = (await user.Caller()).UserId;
        for (var i = 0; i < 2; i++)
        {
            await _staff.Verify(Staff, "promoted", default);
            await _staff.GrantMerchant(Staff, "name:PROMOTED", default);
        }

        var profile = (await user.Get("profile")).Profile;
        (profile.GetProperty("is_verified").GetBoolean(), profile.GetProperty("is_merchant").GetBoolean()).ShouldBe((true, true));
        (await _server.Sql<long>($"select count(*) from audit_log where target = 'user:{id}'")).ShouldBe(2);
    }

    [Test]
    public async Task A_name_that_is_two_users_is_refused_until_it_says_which()
    {
        await _server.Joined("double");
        await _server.Joined("other-sub", "double");
        (await Should.ThrowAsync<Refused>(() => _staff.Verify(Staff, "double", default))).Code.ShouldBe(ErrorCodes.BadInput);
        (await _staff.Verify(Staff, "sub:double", default)).Sub.ShouldBe("double");
        (await _staff.Verify(Staff, "name:double", default)).Sub.ShouldBe("other-sub");
        (await Should.ThrowAsync<Refused>(() => _staff.Verify(Staff, "nobody-at-all", default))).Code.ShouldBe(ErrorCodes.NotFound);
        (await Should.ThrowAsync<Refused>(() => _staff.Suspend(Staff, "system", "no", null, default))).Code.ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task The_gate_names_its_reasons_in_order()
    {
        var user = _server.User("gated");
        var caller = await user.Caller();
        (await _gate.Admit(caller, default)).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCodes.NotJoinedP2P);
        await user.Post("profile/create", new { has_consent = true });
        var (refusal, profile) = await _gate.Admit(caller, default);
        refusal.ShouldBeNull();
        profile.ShouldNotBeNull().Private.ShouldNotBeNull().UserId.ShouldBe("gated");
        await _server.Sql($"update profiles set consented_version = null where user_id = {caller.UserId}");
        var consent = (await _gate.Admit(caller, default)).Refusal.ShouldNotBeNull();
        consent.Code.ShouldBe(ErrorCodes.ConsentRequired);
        consent.Details.ShouldNotBeNull()["termsVersion"].ShouldBe("1");
    }

    private async Task<Guid> Order(long buyer, long seller)
    {
        var (offer, order) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _server.Sql(
            $"""
            insert into offers (id, kind, owner_id, owner_gives, unit, total, remaining, open, version, changed_at)
            values ('{offer}', 'Crypto', {seller}, true, 'BTC', 1, 0, true, 1, clock_timestamp());
            insert into orders (id, kind, offer_id, buyer_id, seller_id, maker, asset, held, taken, fee, status, version, duty, history_head,
                                created_at, updated_at)
            values ('{order}', 'Crypto', '{offer}', {buyer}, {seller}, 'Seller', 'BTC', 1, 1, 0, 'AwaitingPayment', 1, 'BuyerPays',
                    decode(repeat('00', 32), 'hex'), clock_timestamp(), clock_timestamp());
            """);
        return order;
    }

    private static async Task Eventually(Func<Task<string?>> missing)
    {
        var until = DateTime.UtcNow + WaitMax;
        while (await missing() is { } what)
        {
            if (DateTime.UtcNow > until)
            {
                throw new TimeoutException(what);
            }

            await Task.Delay(100);
        }
    }
}
