using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Client.Sdk;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;

namespace P2P.Tests.Dealers;

/// <summary>A server that puts keys of its own between two who connect.</summary>
public sealed class LyingInvitationTests : DealerFixture
{
    private const string Secret = "0123456789ABCDEFGHJKMNPQRS";
    private const string Locator = "7X9K2M4P";

    [Test]
    public void A_proof_holds_for_just_these_parties()
    {
        // S48: any other locator, profile, link or nonce, and any flipped bit.
        var (inviter, accepter) = (Party(1), Party(2));
        var proof = InvitationProof.Of(Secret, Locator, inviter, accepter);
        InvitationProof.Is(proof, Secret, Locator, inviter, accepter).ShouldBeTrue();
        foreach (var (secret, locator, one, other) in new[]
        {
            (Secret[1..] + "T", Locator, inviter, accepter),
            (Secret, "7X9K2M4Q", inviter, accepter),
            (Secret, Locator, accepter, inviter),
            (Secret, Locator, inviter with { ProfileId = 3 }, accepter),
            (Secret, Locator, inviter with { KeyLink = Chance(32) }, accepter),
            (Secret, Locator, inviter with { Nonce = Chance(16) }, accepter),
            (Secret, Locator, inviter, accepter with { ProfileId = 3 }),
            (Secret, Locator, inviter, accepter with { KeyLink = Chance(32) }),
            (Secret, Locator, inviter, accepter with { Nonce = Chance(16) }),
        })
        {
            InvitationProof.Is(proof, secret, locator, one, other).ShouldBeFalse();
        }

        for (var bit = 0; bit < proof.Length * 8; bit++)
        {
            proof[bit / 8] ^= (byte)(1 << (bit % 8));
            InvitationProof.Is(proof, Secret, Locator, inviter, accepter).ShouldBeFalse();
            proof[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        InvitationProof.Is(proof.AsSpan(1), Secret, Locator, inviter, accepter).ShouldBeFalse();
    }

    [Test]
    public void What_the_server_is_shown_makes_no_proof()
    {
        var (inviter, accepter) = (Party(1), Party(2));
        var token = InvitationProof.Token(Secret);
        var proof = InvitationProof.Of(Secret, Locator, inviter, accepter);
        foreach (var known in new[] { Convert.ToHexString(token), Base64Url.EncodeToString(token) })
        {
            InvitationProof.Of(known, Locator, inviter, accepter).ShouldNotBe(proof);
        }
    }

    [Test]
    public void A_million_secrets_are_all_different_and_spelled_right()
    {
        // S50.
        var seen = new HashSet<string>();
        for (var i = 0; i < 1_000_000; i++)
        {
            seen.Add(RandomNumberGenerator.GetString(InvitationCode.Alphabet, InvitationCode.SecretSymbols)).ShouldBeTrue();
        }

        seen.All(secret => InvitationCode.TryReadSecret(secret) == secret).ShouldBeTrue();
    }

    [TestCase("AD-7X9K-2M4P", "7X9K2M4P")]
    [TestCase("ad7x9k2m4p", "7X9K2M4P")]
    [TestCase("7x9k 2m4p", "7X9K2M4P")]
    [TestCase("AD-OI1L-0000", "01110000")]
    [TestCase("AD-7X9K-2M4U", null)]
    [TestCase("AD-7X9K-2M4", null)]
    [TestCase("XX-7X9K-2M4P", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void Locators_are_read_as_people_type_them(string? text, string? symbols) =>
        InvitationCode.TryReadLocator(text).ShouldBe(symbols);

    [Test]
    public async Task Whoever_accepts_sees_that_the_inviter_s_keys_were_swapped()
    {
        var (inviter, accepter) = (await Peer(), await Peer());
        var link = await Invite(inviter);
        // As if the server had shown another key log than the one that the inviter's program named in the link.
        var other = link with { Fingerprint = Base64Url.EncodeToString(Chance(32)) };
        (await Should.ThrowAsync<EncryptionException>(() => accepter.Client.Invitations.AcceptAsync(other, cancellationToken: Bounded)))
            .Fault.ShouldBe(EncryptionFault.PeerKeysForged);
        (await inviter.Client.Connections.ListAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await accepter.Client.Invitations.AcceptAsync(link, cancellationToken: Bounded)).IsVerified.ShouldBeTrue();
    }

    [Test]
    public async Task The_inviter_sees_that_the_accepter_s_keys_were_swapped()
    {
        var (inviter, accepter, swapped) = (await Peer(), await Peer(), await Peer());
        var made = await inviter.Client.Invitations.CreateAsync(AccessLevel.View, cancellationToken: Bounded);
        await accepter.Client.Invitations.AcceptAsync(
            InvitationLink.TryParse(made.Link.AbsoluteUri).ShouldNotBeNull(), cancellationToken: Bounded);
        var use = (await inviter.Client.Invitations.ListAsync(cancellationToken: Bounded)).Items.Single().Use.ShouldNotBeNull();
        foreach (var lie in new[]
        {
            use with { ProfileId = Id(swapped), PeerId = swapped.PeerId },
            use with { KeyLink = Base64Url.EncodeToString(Chance(32)) },
            use with { Nonce = Base64Url.EncodeToString(Chance(16)) },
            use with { Proof = Base64Url.EncodeToString(Chance(32)) },
            use with { Proof = "?" },
        })
        {
            (await Should.ThrowAsync<EncryptionException>(() => inviter.Client.Invitations.VerifyAsync(
                made.Invitation.InvitationId, lie, Bounded))).Fault.ShouldBe(EncryptionFault.PeerKeysForged);
        }

        (await inviter.Client.Keys.SafetyNumberAsync(Id(accepter), Bounded)).IsVerified.ShouldBeFalse();
        (await inviter.Client.Invitations.VerifyAsync(made.Invitation.InvitationId, use, Bounded)).ShouldBeTrue();
    }

    [Test]
    public async Task An_invitation_that_somebody_else_used_proves_nothing()
    {
        // Who guessed or stole the token alone, the server included, cannot make the proof.
        var (inviter, thief) = (await Peer(), await Peer());
        var made = await inviter.Client.Invitations.CreateAsync(AccessLevel.View, cancellationToken: Bounded);
        await thief.Client.Hub.AcceptInvitation(
            InvitationTests.Acceptance(InvitationLink.TryParse(made.Link.AbsoluteUri).ShouldNotBeNull()), Bounded);
        var use = (await inviter.Client.Invitations.ListAsync(cancellationToken: Bounded)).Items.Single().Use.ShouldNotBeNull();
        (await Should.ThrowAsync<EncryptionException>(() => inviter.Client.Invitations.VerifyAsync(
            made.Invitation.InvitationId, use, Bounded))).Fault.ShouldBe(EncryptionFault.PeerKeysForged);
    }

    private static InvitationParty Party(long id) => new(id, Chance(32), Chance(16));

    private static byte[] Chance(int count) => RandomNumberGenerator.GetBytes(count);
}
