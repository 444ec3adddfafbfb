using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using P2P.Client.Sdk.Connecting;
using P2P.Contracts;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Core;

namespace P2P.Tests.Rules;

/// <summary>Codes of apps, recovery codes, locks and seals: without a database and without a clock.</summary>
public sealed class SecondFactorRulesTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 10, TimeSpan.Zero);

    // RFC 6238, appendix B, the rows of SHA-1.
    [TestCase(59, "94287082")]
    [TestCase(1111111109, "07081804")]
    [TestCase(1111111111, "14050471")]
    [TestCase(1234567890, "89005924")]
    [TestCase(2000000000, "69279037")]
    [TestCase(20000000000, "65353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code)
    {
        var step = Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds));
        Totp.Code(Secret, step, digits: 8).ShouldBe(code);
        Totp.Code(Secret, step).ShouldBe(code[2..]);
    }

    // RFC 4226, appendix D.
    [Test]
    public void Codes_by_a_counter_are_those_of_the_RFC() =>
        Enumerable.Range(0, 10).Select(step => Totp.Code(Secret, step)).ShouldBe(
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]);

    // RFC 4648, section 10, without padding.
    [TestCase("", "")]
    [TestCase("f", "MY")]
    [TestCase("fo", "MZXQ")]
    [TestCase("foo", "MZXW6")]
    [TestCase("foob", "MZXW6YQ")]
    [TestCase("fooba", "MZXW6YTB")]
    [TestCase("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_RFC(string text, string encoded) => Base32.Encode(Encoding.ASCII.GetBytes(text)).ShouldBe(encoded);

    [TestCase(-2, null)]
    [TestCase(-1, -1)]
    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(2, null)]
    public void A_code_is_taken_one_step_before_and_after_its_own(int away, int? found)
    {
        var present = Totp.StepOf(Now);
        var given = new GivenCode(Totp.Code(Secret, present + away), IsRecovery: false);
        SecondFactorRules.StepOf(Secret, given, Now).ShouldBe(found is null ? null : present + found);
    }

    [TestCase("123456", "123456", false)]
    [TestCase("123 456", "123456", false)]
    [TestCase("abcde-fghij-klmno-pqrst-uvwxy-z", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", true)]
    [TestCase("ABCDEFGHIJKLMNOPQRSTUVWX27", "ABCDEFGHIJKLMNOPQRSTUVWX27", true)]
    public void Spaces_dashes_and_small_letters_do_not_matter(string text, string code, bool isRecovery) =>
        SecondFactorRules.Parse(text, "code").ShouldBe(new GivenCode(code, isRecovery));

    [TestCase("")]
    [TestCase("12345")]
    [TestCase("1234567")]
    [TestCase("12345a")]
    [TestCase("\u0661\u0662\u0663\u0664\u0665\u0666")]
    [TestCase("ABCDEFGHIJKLMNOPQRSTUVWX18")]
    [TestCase("1 2 3 4 5 6                                                            ")]
    public void What_cannot_be_a_code_is_bad_input_and_no_try(string text)
    {
        var refused = Should.Throw<Refused>(() => SecondFactorRules.Parse(text, "code"));
        (refused.Code, refused.Reason.Details!["path"]).ShouldBe((ErrorCodes.BadInput, "code"));
    }

    [Test]
    public void A_given_code_never_prints_itself() => $"{SecondFactorRules.Parse("123456", "code")}".ShouldNotContain("123456");

    [Test]
    public void Five_wrong_codes_within_a_quarter_of_an_hour_lock_until_the_first_of_them_is_that_old()
    {
        for (var tries = 0; tries <= 5; tries++)
        {
            // One a minute, the newest just now.
            var wrong = Enumerable.Range(0, tries).Select(i => Now.AddMinutes(-i)).ToList();
            SecondFactorRules.LockedUntil(wrong, Now).ShouldBe(tries < 5 ? null : Now.AddMinutes(11), $"{tries}");
        }

        List<DateTimeOffset> spread = [Now.AddMinutes(-15), Now.AddMinutes(-10), Now.AddMinutes(-5), Now.AddMinutes(-2), Now];
        SecondFactorRules.LockedUntil(spread, Now).ShouldBeNull();
        SecondFactorRules.LockedUntil(spread, Now.AddSeconds(-1)).ShouldBe(Now);
        SecondFactorRules.Recent(spread, Now).Count.ShouldBe(4);
    }

    [Test]
    public void Recovery_codes_have_128_bits_and_read_back()
    {
        var bytes = RandomNumberGenerator.GetBytes(SecondFactorRules.RecoveryBytes);
        var spelled = SecondFactorRules.Spell(bytes);
        spelled.ShouldMatch("^[A-Z2-7]{5}(-[A-Z2-7]{5}){4}-[A-Z2-7]$");
        SecondFactorRules.Parse(spelled, "code").ShouldBe(new GivenCode(Base32.Encode(bytes), IsRecovery: true));
        (SecondFactorRules.RecoveryBytes * 8).ShouldBeGreaterThanOrEqualTo(128);
    }

    [Test]
    public void An_address_names_server_and_user_and_is_safe_in_an_address() =>
        SecondFactorRules.Uri("My P2P", "a&b", "ABC").ShouldBe(
            "otpauth://totp/My%20P2P:a%26b?secret=ABC&issuer=My%20P2P&algorithm=SHA1&digits=6&period=30");

    [Test]
    public void A_seal_opens_for_its_own_user_and_key_only()
    {
        var (one, two) = (Key(), Key());
        var vault = new SecondFactorVault(Settings(("one", one)));
        var closed = vault.Seal(Secret, SecondFactorVault.ForSecret(7));
        closed.Bytes.AsSpan().IndexOf(Secret).ShouldBe(-1);
        vault.Seal(Secret, SecondFactorVault.ForSecret(7)).Bytes.ShouldNotBe(closed.Bytes); // Another nonce each time.

        vault.Open(closed, SecondFactorVault.ForSecret(7)).ShouldBe(Secret);
        Should.Throw<CryptographicException>(() => vault.Open(closed, SecondFactorVault.ForSecret(8)));
        for (var i = 0; i < closed.Bytes.Length; i++)
        {
            var changed = closed.Bytes.ToArray();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => vault.Open(closed with { Bytes = changed }, SecondFactorVault.ForSecret(7)));
        }

        // A new key seals, the old one still opens; without it there is nothing to see.
        var rotated = new SecondFactorVault(Settings(("one", one), ("two", two), ("KeyId", "two")));
        rotated.Open(closed, SecondFactorVault.ForSecret(7)).ShouldBe(Secret);
        rotated.IsOutdated(closed.KeyId).ShouldBeTrue();
        rotated.Seal(Secret, "").KeyId.ShouldBe("two");
        new SecondFactorVault(Settings(("two", two))).Open(closed, SecondFactorVault.ForSecret(7)).ShouldBeNull();
        new SecondFactorVault(SecondFactorSettings.None).IsOffered.ShouldBeFalse();
    }

    [TestCase("a", "MTIzNDU2Nzg5MDEyMzQ1Ng==")]
    [TestCase("a", "not base64")]
    [TestCase("a", "")]
    [TestCase("a", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [TestCase("a key", "wl1vTfqY9y3ySk0cJ6T0z0l5m5G0tQfJ3m1c5b9a7d8=")]
    public void A_key_that_is_none_stops_the_start(string id, string key) =>
        Should.Throw<SettingsException>(() => Settings((id, key))).Message.ShouldContain("SecondFactor:Keys");

    [Test]
    public void Which_of_several_keys_seals_is_said()
    {
        Should.Throw<SettingsException>(() => Settings(("one", Key()), ("two", Key()))).Message.ShouldContain("SecondFactor:KeyId");
        Should.Throw<SettingsException>(() => Settings(("one", Key()), ("KeyId", "two"))).Message.ShouldContain("two");
        Settings(("one", Key())).KeyId.ShouldBe("one");
        Settings().KeyId.ShouldBeNull();
    }

    [Test]
    public void Every_guarded_request_can_be_given_a_code_by_the_SDK()
    {
        var guarded = typeof(IGuardedChange).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IGuardedChange)))
            .Select(type => (IGuardedChange)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type))
            .ToList();
        guarded.Count.ShouldBeGreaterThanOrEqualTo(5);
        guarded.ShouldAllBe(request => SecondFactorInvoker.WithCode(request, "123456").SecondFactorCode == "123456");
    }

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static SecondFactorSettings Settings(params (string Id, string Key)[] keys) => SecondFactorSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(keys.Select(key => new KeyValuePair<string, string?>(
            key.Id == "KeyId" ? "SecondFactor:KeyId" : $"SecondFactor:Keys:{key.Id}", key.Key))).Build());
}
