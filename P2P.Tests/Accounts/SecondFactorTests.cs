using System.Security.Cryptography;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;
using P2P.Tests.Admin;
using P2P.Tests.Support;

namespace P2P.Tests.Accounts;

/// <summary>What a second factor guards, through the SDK: no code is taken twice, and no request is asked twice.</summary>
public sealed class SecondFactorTests : AdminFixture
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["SecondFactor:Keys:first"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["SecondFactor:Issuer"] = "Test P2P",
    };

    [Test]
    public async Task A_second_factor_is_set_by_a_code_of_its_secret_and_told()
    {
        var user = await Buyer();
        var factor = user.Client.SecondFactor;
        var heard = Hears<SecondFactorChanged>(user.Client);
        (await factor.GetAsync(Bounded)).ShouldBe(new SecondFactorStatus { Offered = true, IsSet = false, RecoveryCodesLeft = 0 });
        (await Refused(() => factor.ConfirmAsync("123456", Bounded))).ShouldBe(ErrorCodes.SecondFactorNotSet);

        var begin = new BeginSecondFactorRequest { RequestId = Guid.CreateVersion7() };
        var setup = await user.Client.Hub.BeginSecondFactor(begin, Bounded);
        setup.Uri.ShouldBe($"otpauth://totp/Test%20P2P:{user.Name}?secret={setup.Secret}&issuer=Test%20P2P&algorithm=SHA1&digits=6&period=30");
        (await user.Client.Hub.BeginSecondFactor(begin, Bounded)).ShouldBe(setup);
        var secret = Decode(setup.Secret);
        var wrong = await Refusal(() => factor.ConfirmAsync(Wrong(secret), Bounded));
        (wrong.Code, Detail(wrong, "triesLeft")).ShouldBe((ErrorCodes.SecondFactorWrong, "4"));
        (await factor.GetAsync(Bounded)).IsSet.ShouldBeFalse();

        var confirm = new ConfirmSecondFactorRequest { RequestId = Guid.CreateVersion7(), Code = Code(secret) };
        var codes = await user.Client.Hub.ConfirmSecondFactor(confirm, Bounded);
        codes.Codes.Distinct().Count().ShouldBe(10);
        (await user.Client.Hub.ConfirmSecondFactor(confirm, Bounded)).Codes.ShouldBe(codes.Codes);
        var status = await factor.GetAsync(Bounded);
        (status.IsSet, status.RecoveryCodesLeft, status.SetAt is not null).ShouldBe((true, 10, true));
        (await Refused(() => factor.BeginAsync(Bounded))).ShouldBe(ErrorCodes.SecondFactorSet);

        await Eventually(() => heard.All.Count == 1);
        heard.All[0].ShouldBe(new SecondFactorChanged { Change = SecondFactorChange.Set, IsSet = true });
        await NotificationsAreMade();
        var notice = (await user.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items.ShouldHaveSingleItem();
        (notice.Kind, notice.Args["what"]).ShouldBe((NotificationKind.SecurityNotice, "second factor set"));

        // Neither secret nor codes stand anywhere in the clear.
        foreach (var text in codes.Codes.Append(setup.Secret))
        {
            (await Sql<long>($"select count(*) from requests where reply like '%{text}%'")).ShouldBe(0);
        }

        (await Sql<long>($"select count(*) from second_factors where position('\\x{Convert.ToHexStringLower(secret)}'::bytea in sealed) > 0"))
            .ShouldBe(0);
    }

    [Test]
    public async Task A_release_needs_a_code_which_counts_for_its_request_alone()
    {
        var (_, seller, order) = await ConfirmedOrder();
        var secret = await Guard(seller);
        var request = new OrderRequest { RequestId = Guid.CreateVersion7(), OrderId = order };
        (await Refused(() => seller.Client.Orders.ReleaseAsync(request, Bounded))).ShouldBe(ErrorCodes.SecondFactorRequired);
        (await Refused(() => seller.Client.Orders.ReleaseAsync(request with { SecondFactorCode = Wrong(secret) }, Bounded)))
            .ShouldBe(ErrorCodes.SecondFactorWrong);
        (await Read(seller, order)).State.Status.ShouldBe(OrderStatus.PaymentConfirmed);
        (await Stored(seller, request.RequestId)).ShouldBe(0);

        var code = Code(secret);
        var reply = await seller.Client.Orders.ReleaseAsync(request with { SecondFactorCode = code }, Bounded);
        reply.Status.ShouldBe(OrderStatus.Released);

        // The repeat is answered as the first time: with the code, without one, and with a wrong one, which nobody looks at.
        foreach (var again in new[] { code, null, Wrong(secret) })
        {
            (await seller.Client.Orders.ReleaseAsync(request with { SecondFactorCode = again }, Bounded)).ShouldBe(reply);
        }

        (await Stored(seller, request.RequestId)).ShouldBe(1);
        var other = await Refusal(() => seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(code), Bounded));
        (other.Code, Detail(other, "used")).ShouldBe((ErrorCodes.SecondFactorWrong, "true"));
        (await Sql<int>($"select cardinality(wrong_at) from second_factors where user_id = {Id(seller)}")).ShouldBe(1);
    }

    [Test]
    public async Task What_broke_off_after_the_door_passes_again_with_the_same_code_and_id()
    {
        var (_, seller, order) = await ConfirmedOrder();
        var secret = await Guard(seller);
        var request = new OrderRequest { RequestId = Guid.CreateVersion7(), OrderId = order, SecondFactorCode = Code(secret) };
        await Market.Service<SecondFactorGate>().Ensure(new Caller(Id(seller), seller.Name), request, Bounded);

        // However late: the code was right when it was shown.
        await Sql($"update second_factors set wrong_at = array(select clock_timestamp() from generate_series(1, 5)) where user_id = {Id(seller)}");
        (await Refused(() => seller.Client.Orders.ReleaseAsync(request with { RequestId = Guid.CreateVersion7() }, Bounded)))
            .ShouldBe(ErrorCodes.SecondFactorLocked);
        (await seller.Client.Orders.ReleaseAsync(request, Bounded)).Status.ShouldBe(OrderStatus.Released);
    }

    [Test]
    public async Task Withdrawals_and_payment_accounts_need_a_code_and_other_calls_none()
    {
        var seller = await Seller();
        var secret = await Guard(seller);
        (await Refused(() => seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(null), Bounded))).ShouldBe(ErrorCodes.SecondFactorRequired);
        (await seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(Code(secret)), Bounded)).WithdrawalId.ShouldNotBeNull();

        var account = new SavePaymentAccountRequest
        {
            RequestId = Guid.CreateVersion7(),
            PaymentMethodId = TestMarket.MpesaKenya,
            Fields = new Dictionary<string, string> { ["holder"] = "S", ["phone"] = "+254712345679" },
        };
        (await Refused(() => seller.Client.Profiles.SavePaymentAccountAsync(account, Bounded))).ShouldBe(ErrorCodes.SecondFactorRequired);
        await seller.Client.Profiles.SavePaymentAccountAsync(account with { SecondFactorCode = Code(secret, 1) }, Bounded);
        await TestMarket.Ad(seller);
        await seller.Client.Wallet.UseFaucetAsync("BTC", 0.1m, Bounded);
    }

    [Test]
    public async Task Of_many_requests_with_one_code_at_once_one_passes()
    {
        var seller = await Seller();
        var secret = await Guard(seller);
        var code = Code(secret);
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(code), Bounded);
                return "OK";
            }
            catch (P2PException refused)
            {
                return refused.Code;
            }
        }));
        codes.Order().ShouldBe(Enumerable.Repeat("OK", 1).Concat(Enumerable.Repeat(ErrorCodes.SecondFactorWrong, 7)));
    }

    [Test]
    public async Task Five_wrong_codes_lock_right_ones_out_for_a_time_that_is_told()
    {
        var seller = await Seller();
        var secret = await Guard(seller);
        for (var left = 4; left >= 0; left--)
        {
            var wrong = await Refusal(() => seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(Wrong(secret)), Bounded));
            (wrong.Code, Detail(wrong, "triesLeft")).ShouldBe((ErrorCodes.SecondFactorWrong, $"{left}"));
        }

        var locked = await Refusal(() => seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(Code(secret)), Bounded));
        locked.Code.ShouldBe(ErrorCodes.SecondFactorLocked);
        var until = DateTimeOffset.Parse(Detail(locked, "until")!, System.Globalization.CultureInfo.InvariantCulture); // The code has it.
        (await seller.Client.SecondFactor.GetAsync(Bounded)).LockedUntil.ShouldBe(until);
        (until - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15.1));

        await Sql(
            $"""
            update second_factors
               set wrong_at = array(select at - interval '15 minutes' from unnest(wrong_at) at)
             where user_id = {Id(seller)}
            """);
        await seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(Code(secret)), Bounded);
    }

    [Test]
    public async Task A_recovery_code_stands_in_for_the_app_once_and_new_ones_void_the_old()
    {
        var seller = await Seller();
        var (secret, codes) = await GuardWithCodes(seller);
        var heard = Hears<SecondFactorChanged>(seller.Client);
        var request = Withdrawal(codes[0].ToLowerInvariant());
        var reply = await seller.Client.Wallet.RequestWithdrawalAsync(request, Bounded);
        (await seller.Client.Wallet.RequestWithdrawalAsync(request, Bounded)).ShouldBe(reply);
        (await Refused(() => seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(codes[0]), Bounded))).ShouldBe(ErrorCodes.SecondFactorWrong);
        (await seller.Client.SecondFactor.GetAsync(Bounded)).RecoveryCodesLeft.ShouldBe(9);
        await Eventually(() => heard.All.Any(change => change.Change == SecondFactorChange.RecoveryCodeUsed));

        var renewed = await seller.Client.SecondFactor.RenewRecoveryCodesAsync(Code(secret), Bounded);
        renewed.Codes.Intersect(codes).ShouldBeEmpty();
        (await Refused(() => seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(codes[1]), Bounded))).ShouldBe(ErrorCodes.SecondFactorWrong);
        await seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(renewed.Codes[9]), Bounded);
        (await Sql<long>(
            $"select count(*) from recovery_codes where user_id = {Id(seller)} and hash = sha256('{renewed.Codes[8].Replace("-", "")}'::bytea)"))
            .ShouldBe(1);
    }

    [Test]
    public async Task The_SDK_asks_for_a_code_and_repeats_the_call_under_its_id()
    {
        var (_, seller, order) = await ConfirmedOrder();
        var secret = await Guard(seller);
        List<SecondFactorPrompt> prompts = [];
        var client = Market.Client(seller.Name, configure: options => options.SecondFactorProvider = (prompt, _) =>
        {
            prompts.Add(prompt);
            return ValueTask.FromResult(prompts.Count == 1 ? null : prompt.Attempt == 1 ? Wrong(secret) : Code(secret));
        });
        await client.ConnectAsync(Bounded);

        (await Refused(() => client.Orders.ReleaseAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.SecondFactorRequired);
        (await client.Orders.ReleaseAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Released);

        prompts.Select(prompt => (prompt.Call, prompt.Attempt, prompt.Because.Code)).ShouldBe(
        [
            ("ReleaseCrypto", 1, ErrorCodes.SecondFactorRequired),
            ("ReleaseCrypto", 1, ErrorCodes.SecondFactorRequired),
            ("ReleaseCrypto", 2, ErrorCodes.SecondFactorWrong),
        ]);
        prompts[1].Request.RequestId.ShouldBe(prompts[2].Request.RequestId);
        prompts.ShouldAllBe(prompt => prompt.Request.SecondFactorCode == null);

        // A code that the program itself gives is not asked for again.
        var own = Withdrawal(Wrong(secret));
        (await Refused(() => client.Wallet.RequestWithdrawalAsync(own, Bounded))).ShouldBe(ErrorCodes.SecondFactorWrong);
        prompts.Count.ShouldBe(3);
    }

    [Test]
    public async Task It_is_removed_by_a_code_and_guards_nothing_afterwards()
    {
        var seller = await Seller();
        (await Refused(() => seller.Client.SecondFactor.RemoveAsync(cancellationToken: Bounded))).ShouldBe(ErrorCodes.SecondFactorNotSet);
        var secret = await Guard(seller);
        (await Refused(() => seller.Client.SecondFactor.RemoveAsync(cancellationToken: Bounded))).ShouldBe(ErrorCodes.SecondFactorRequired);
        var request = new RemoveSecondFactorRequest { RequestId = Guid.CreateVersion7(), SecondFactorCode = Code(secret) };
        var status = await seller.Client.Hub.RemoveSecondFactor(request, Bounded);
        status.IsSet.ShouldBeFalse();
        (await seller.Client.Hub.RemoveSecondFactor(request, Bounded)).ShouldBe(status);
        await seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(null), Bounded);
        (await Sql<long>($"select count(*) from recovery_codes where user_id = {Id(seller)}")).ShouldBe(0);
    }

    [Test]
    public async Task Staff_remove_it_for_a_reason_and_the_user_is_told()
    {
        var seller = await Seller();
        await Guard(seller);
        var heard = Hears<SecondFactorChanged>(seller.Client);
        var admin = await Admin();
        var support = await Connected(StaffRoles.Support);
        (await Refused(() => support.Users.ResetSecondFactorAsync(Id(seller), "Lost a telephone", Bounded))).ShouldBe(ErrorCodes.Forbidden);
        await admin.Users.ResetSecondFactorAsync(Id(seller), "Lost a telephone, passport seen", Bounded);
        (await Refused(() => admin.Users.ResetSecondFactorAsync(Id(seller), "Again", Bounded))).ShouldBe(ErrorCodes.SecondFactorNotSet);

        await Eventually(() => heard.All.Any(change => change is { Change: SecondFactorChange.Reset, IsSet: false }));
        await NotificationsAreMade();
        (await seller.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items[0].Args["what"].ShouldBe("second factor removed by staff");
        var row = (await admin.House.ListAuditAsync(new ListAuditRequest { Target = $"user:{Id(seller)}" }, Bounded)).Items.ShouldHaveSingleItem();
        (row.Action, row.Before, row.After, row.Reason).ShouldBe(("user.second_factor.reset", "set", "none", "Lost a telephone, passport seen"));
        await seller.Client.Wallet.RequestWithdrawalAsync(Withdrawal(null), Bounded);
    }

    [Test]
    public async Task A_new_key_seals_anew_what_an_old_one_sealed_and_without_keys_nothing_is_offered_or_passed()
    {
        var seller = await Seller();
        var secret = await Guard(seller);
        var caller = new Caller(Id(seller), seller.Name);
        var (database, changes) = (Market.Service<Database>(), Market.Service<Server.Accounts.AccountChanges>());
        var old = Market.Service<SecondFactorSettings>();
        var rotated = SecondFactorSettings.From(new Microsoft.Extensions.Configuration.ConfigurationManager
        {
            ["SecondFactor:Keys:first"] = Convert.ToBase64String(old.Keys["first"]),
            ["SecondFactor:Keys:second"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["SecondFactor:KeyId"] = "second",
        });
        var none = new SecondFactorVault(SecondFactorSettings.None);
        var closed = new SecondFactorGate(database, changes, none);
        var code = SecondFactorRules.Parse(Code(secret), "code");
        (await Should.ThrowAsync<Refused>(() => closed.Ensure(caller, Guid.CreateVersion7(), code, Bounded)))
            .Code.ShouldBe(ErrorCodes.SecondFactorNotOffered);
        var flow = new SecondFactorFlow(database, Market.Service<RequestLog>(), closed, none, SecondFactorSettings.None);
        (await Should.ThrowAsync<Refused>(() => flow.Begin(caller, new() { RequestId = Guid.CreateVersion7() }, Bounded)))
            .Code.ShouldBe(ErrorCodes.SecondFactorNotOffered);
        (await flow.Get(caller, Bounded)).Offered.ShouldBeFalse();

        await new SecondFactorGate(database, changes, new SecondFactorVault(rotated)).Ensure(caller, Guid.CreateVersion7(), code, Bounded);
        (await Sql<string>($"select key_id from second_factors where user_id = {Id(seller)}")).ShouldBe("second");
    }

    private async Task<byte[]> Guard(Trader trader) => (await GuardWithCodes(trader)).Secret;

    private async Task<(byte[] Secret, IReadOnlyList<string> Codes)> GuardWithCodes(Trader trader)
    {
        var secret = Decode((await trader.Client.SecondFactor.BeginAsync(Bounded)).Secret);
        var codes = await trader.Client.SecondFactor.ConfirmAsync(Code(secret), Bounded);

        // A test need not wait for the next code.
        await Sql($"delete from second_factor_uses where user_id = {Id(trader)}");
        return (secret, codes.Codes);
    }

    private Task<long> Stored(Trader trader, Guid requestId) =>
        Sql<long>($"select count(*) from requests where user_id = {Id(trader)} and request_id = '{requestId}'");

    private static RequestWithdrawalRequest Withdrawal(string? code) => new()
    {
        RequestId = Guid.CreateVersion7(),
        Asset = "BTC",
        Amount = 0.01m,
        Destination = "bc1q",
        SecondFactorCode = code,
    };

    internal static string Code(byte[] secret, int ahead = 0) => Totp.Code(secret, Totp.StepOf(DateTimeOffset.UtcNow) + ahead);

    /// <summary>A code of none of the steps around now.</summary>
    private static string Wrong(byte[] secret)
    {
        var near = Enumerable.Range(-3, 7).Select(ahead => Code(secret, ahead)).ToHashSet();
        return Enumerable.Range(0, 10).Select(digit => new string((char)('0' + digit), 6)).First(code => !near.Contains(code));
    }

    internal static byte[] Decode(string base32)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var c in base32)
        {
            buffer = ((buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c)) & 0xFFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
