using System.Text;
using P2P.Client.Sdk;
using P2P.Server.Accounts.Webhooks;

namespace P2P.Tests.Sdk;

/// <summary>What a receiver takes for genuine, and what it does not.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static readonly byte[] Body = "{\"test\": 2432232314}"u8.ToArray();
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    /// <summary>The example by which implementations of Standard Webhooks are compared.</summary>
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    [Test]
    public void The_known_example_is_genuine() =>
        WebhookSignature.Verify(Secret, Id, "1614265330", Signature, Body, new Clock(At)).ShouldBeTrue();

    [TestCase(-301, false)]
    [TestCase(-300, true)]
    [TestCase(300, true)]
    [TestCase(301, false)]
    public void What_is_older_or_newer_than_five_minutes_is_a_replay(int seconds, bool genuine) =>
        WebhookSignature.Verify(Secret, Id, "1614265330", Signature, Body, new Clock(At.AddSeconds(seconds))).ShouldBe(genuine);

    [TestCase(Id, "1614265330", "v1,")]
    [TestCase(Id, "1614265330", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [TestCase(Id, "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1PE=")]
    [TestCase(Id, "1614265331", Signature)]
    [TestCase(Id, "-1614265330", Signature)]
    [TestCase(Id, "1614265330 ", Signature)]
    [TestCase(Id, "99999999999999999999", Signature)]
    [TestCase(Id, "", Signature)]
    [TestCase(Id, null, Signature)]
    [TestCase("other", "1614265330", Signature)]
    [TestCase(null, "1614265330", Signature)]
    [TestCase(Id, "1614265330", null)]
    [TestCase(Id, "1614265330", "\u0000\uffff")]
    public void Anything_else_is_not(string? id, string? timestamp, string? signatures) =>
        WebhookSignature.Verify(Secret, id, timestamp, signatures, Body, new Clock(At)).ShouldBeFalse();

    [Test]
    public void Every_byte_of_the_body_counts()
    {
        for (var i = 0; i < Body.Length; i++)
        {
            var other = (byte[])Body.Clone();
            other[i] ^= 1;
            WebhookSignature.Verify(Secret, Id, "1614265330", Signature, other, new Clock(At)).ShouldBeFalse();
        }
    }

    [Test]
    public void Any_of_several_signatures_suffices()
    {
        WebhookSignature.Verify(Secret, Id, "1614265330", $"v1,AAAA {Signature} v9,x", Body, new Clock(At)).ShouldBeTrue();
        var both = WebhookRules.Signatures([new byte[32], Convert.FromBase64String(Secret[6..])], Id, 1_614_265_330, Body);
        both.ShouldEndWith(Signature);
        WebhookSignature.Verify(WebhookSecrets.Spell(new byte[32]), Id, "1614265330", both, Body, new Clock(At)).ShouldBeTrue();
    }

    [Test]
    public void A_secret_that_is_none_is_the_receivers_own_fault() =>
        Should.Throw<ArgumentException>(() => WebhookSignature.Verify("whsec_?", Id, "1614265330", Signature, Body));

    [Test]
    public void A_sealed_secret_opens_with_its_key_for_its_webhook_and_unchanged_only()
    {
        var id = Guid.CreateVersion7();
        var secrets = new WebhookSecrets(new WebhookSettings { Key = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('k', 32))) });
        var other = new WebhookSecrets(new WebhookSettings { Key = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('l', 32))) });
        var box = secrets.Make(id);
        secrets.Open(box, id).ShouldNotBeNull().Length.ShouldBe(32);
        secrets.Open(secrets.Make(id), id).ShouldNotBe(secrets.Open(box, id));
        secrets.Open(box, Guid.CreateVersion7()).ShouldBeNull();
        other.Open(box, id).ShouldBeNull();
        secrets.Open([], id).ShouldBeNull();
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            var changed = (byte[])box.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            secrets.Open(changed, id).ShouldBeNull();
        }
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
