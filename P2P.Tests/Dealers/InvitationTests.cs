using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;

namespace P2P.Tests.Dealers;

/// <summary>Invitations, through the SDK.</summary>
public sealed class InvitationTests : DealerFixture
{
    [Test]
    public async Task An_invitation_connects_two_who_can_prove_their_keys()
    {
        var (inviter, accepter) = (await Peer(), await Peer());
        var (changes, connections) = (Hears<InvitationChanged>(inviter), Hears<ConnectionChanged>(inviter));
        var made = await inviter.Client.Invitations.CreateAsync(AccessLevel.Manage, hours: 2, Bounded);
        made.Invitation.State.ShouldBe(InvitationState.Pending);
        made.Invitation.Locator.ShouldMatch("^AD-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$");
        made.Link.AbsoluteUri.ShouldContain($"/invite/{made.Invitation.Locator}#");
        var link = InvitationLink.TryParse(made.Link.AbsoluteUri).ShouldNotBeNull();
        var offer = await accepter.Client.Invitations.OpenAsync(link, Bounded);
        (offer.PeerId, offer.Name, offer.Access).ShouldBe((inviter.PeerId, inviter.Name, AccessLevel.Manage));

        var accepted = await accepter.Client.Invitations.AcceptAsync(link, AccessLevel.View, Bounded);
        accepted.IsVerified.ShouldBeTrue();
        accepted.Connection.PeerId.ShouldBe(inviter.PeerId);
        (accepted.Connection.Grants, accepted.Connection.Granted).ShouldBe((AccessLevel.View, AccessLevel.Manage));
        accepted.Connection.IsInvitedByMe.ShouldBeFalse();

        await Eventually(() => changes.All.Any(change => change.State == InvitationState.Used) && connections.All.Count > 0);
        connections.All.Single().ShouldBe(new ConnectionChanged
        {
            PeerId = accepter.PeerId,
            ProfileId = Id(accepter),
            State = ConnectionState.Connected,
            Grants = AccessLevel.Manage,
            Granted = AccessLevel.View,
        });
        var use = changes.All[^1].Use.ShouldNotBeNull();
        use.PeerId.ShouldBe(accepter.PeerId);
        (await inviter.Client.Invitations.VerifyAsync(made.Invitation.InvitationId, use, Bounded)).ShouldBeTrue();
        (await inviter.Client.Keys.SafetyNumberAsync(Id(accepter), Bounded)).IsVerified.ShouldBeTrue();
        (await inviter.Client.Invitations.ListAsync(cancellationToken: Bounded)).Items.Single().Use.ShouldBe(use);
    }

    [Test]
    public async Task Of_200_who_accept_at_once_one_is_connected()
    {
        // S49.
        var inviter = await Peer();
        var link = await Invite(inviter);
        List<Dealer> all = [];
        foreach (var some in Enumerable.Range(0, 200).Chunk(20))
        {
            all.AddRange(await Task.WhenAll(some.Select(_ => Peer())));
        }

        var ready = new TaskCompletionSource();
        var tries = all.Select(async dealer =>
        {
            await ready.Task;
            try
            {
                await dealer.Client.Hub.AcceptInvitation(Acceptance(link), new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token);
                return "yes";
            }
            catch (P2PException e)
            {
                return e.Code;
            }
        }).ToList();
        ready.SetResult();
        var answers = await Task.WhenAll(tries);
        answers.Count(answer => answer == "yes").ShouldBe(1);
        answers.Where(answer => answer != "yes").Distinct().ShouldBeSubsetOf([ErrorCodes.InvitationNotFound, ErrorCodes.Busy]);
        (await inviter.Client.Connections.ListAsync(cancellationToken: Bounded)).Items.Count.ShouldBe(1);
        (await Sql<long>($"select count(*) from peer_connections where {Id(inviter)} in (owner_id, other_id)")).ShouldBe(2);
    }

    [Test]
    public async Task Whatever_is_wrong_the_answer_is_the_same()
    {
        // S46, S49: unknown, used, expired, revoked, blocked, with another secret, one's own.
        var inviter = await Peer();
        var (used, expired, revoked, blocked, wrong) =
            (await Invite(inviter), await Invite(inviter), await Invite(inviter), await Invite(inviter), await Invite(inviter));
        await (await Peer()).Client.Invitations.AcceptAsync(used, cancellationToken: Bounded);
        await Sql($"update invitations set expires_at = clock_timestamp() - interval '1 second' where locator = '{Symbols(expired)}'");
        var row = (await inviter.Client.Invitations.ListAsync(cancellationToken: Bounded)).Items
            .Single(one => one.Locator == revoked.Locator);
        (await inviter.Client.Invitations.RevokeAsync(row.InvitationId, Bounded)).State.ShouldBe(InvitationState.Revoked);
        var unknown = used with { Locator = "AD-0000-0000" };
        var guest = await Peer();
        await inviter.Client.Hub.BlockUser(new ContactRequest { RequestId = Guid.CreateVersion7(), ProfileId = Id(guest) }, Bounded);

        List<P2PException> answers = [];
        foreach (var link in new[] { used, expired, revoked, unknown, wrong with { Secret = new string('0', 26) }, blocked })
        {
            var caller = link == blocked ? guest : await Peer();
            answers.Add(await Refusal(() => caller.Client.Hub.AcceptInvitation(Acceptance(link), Bounded)));
            answers.Add(await Refusal(() => caller.Client.Invitations.OpenAsync(link, Bounded)));
            if (link.Secret != new string('0', 26))
            {
                answers.Add(await Refusal(() => caller.Client.Invitations.RequestAsync(link.Locator, cancellationToken: Bounded)));
            }
        }

        answers.Add(await Refusal(() => inviter.Client.Hub.AcceptInvitation(Acceptance(wrong), Bounded)));
        answers.Select(answer => (answer.Code, answer.Message, answer.Details.GetRawText())).Distinct().Count().ShouldBe(1);
        answers[0].Code.ShouldBe(ErrorCodes.InvitationNotFound);
        (await Sql<bool>($"select used_at is null and revoked_at is null from invitations where locator = '{Symbols(wrong)}'"))
            .ShouldBeTrue();
    }

    [Test]
    public async Task Five_wrong_secrets_an_hour_are_taken_and_end_nobody_s_invitation()
    {
        // S49.
        var (inviter, guesser) = (await Peer(), await Peer());
        var link = await Invite(inviter);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Refused(() => guesser.Client.Hub.AcceptInvitation(
            Acceptance(link with { Secret = new string(InvitationCode.Alphabet[i % 32], 26) }), Bounded))));
        guesses.Count(code => code == ErrorCodes.InvitationNotFound).ShouldBe(Limits.InvitationSecretTriesMax);
        guesses.Where(code => code != ErrorCodes.InvitationNotFound).Distinct().ShouldBe([ErrorCodes.TooManyTries]);
        var refusal = await Refusal(() => guesser.Client.Hub.AcceptInvitation(Acceptance(link), Bounded));
        refusal.Code.ShouldBe(ErrorCodes.TooManyTries);
        Detail(refusal, "until").ShouldNotBeNull();

        await (await Peer()).Client.Invitations.AcceptAsync(link, cancellationToken: Bounded);
        await Sql($"update invitation_tries set at = at - interval '1 hour' where user_id = {Id(guesser)}");
        await guesser.Client.Invitations.AcceptAsync(await Invite(inviter), cancellationToken: Bounded);
    }

    [Test]
    public async Task What_is_refused_before_it_is_decided_excuses_no_wrong_guess()
    {
        // S49: another request under a wrong guess's id is refused at the door, and the guess stays counted.
        var (inviter, guesser) = (await Peer(), await Peer());
        var link = await Invite(inviter);
        var codes = new List<string>();
        for (var i = 0; i <= Limits.InvitationSecretTriesMax; i++)
        {
            var guess = Acceptance(link with { Secret = new string(InvitationCode.Alphabet[i], 26) });
            codes.Add(await Refused(() => guesser.Client.Hub.AcceptInvitation(guess, Bounded)));
            await Refused(() => guesser.Client.Hub.AcceptInvitation(Acceptance(link) with { RequestId = guess.RequestId }, Bounded));
        }

        codes.Count(code => code == ErrorCodes.InvitationNotFound).ShouldBe(Limits.InvitationSecretTriesMax);
        codes[^1].ShouldBe(ErrorCodes.TooManyTries);
    }

    [Test]
    public async Task Ten_wrong_locators_an_hour_are_taken_and_right_ones_count_nothing()
    {
        // S49.
        var (inviter, guesser) = (await Peer(), await Peer());
        foreach (var _ in Enumerable.Range(0, 12))
        {
            var right = await Invite(inviter);
            var made = (await inviter.Client.Invitations.ListAsync(1, cancellationToken: Bounded)).Items.Single();
            var asked = await guesser.Client.Invitations.RequestAsync(right.Locator, cancellationToken: Bounded);
            await inviter.Client.Invitations.DeclineAsync(asked.InvitationRequestId, Bounded);
            await inviter.Client.Invitations.RevokeAsync(made.InvitationId, Bounded);
        }

        foreach (var i in Enumerable.Range(0, Limits.InvitationLocatorTriesMax))
        {
            (await Refused(() => guesser.Client.Invitations.RequestAsync($"AD-0000-00{i:D2}", cancellationToken: Bounded)))
                .ShouldBe(ErrorCodes.InvitationNotFound);
        }

        (await Refused(() => guesser.Client.Invitations.RequestAsync("AD-0000-0099", cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.TooManyTries);
    }

    [Test]
    public async Task A_repeat_of_an_accepted_invitation_gets_the_same_answer()
    {
        var (inviter, accepter) = (await Peer(), await Peer());
        var request = Acceptance(await Invite(inviter));
        var first = await accepter.Client.Hub.AcceptInvitation(request, Bounded);
        foreach (var _ in Enumerable.Range(0, Limits.InvitationSecretTriesMax + 2))
        {
            (await accepter.Client.Hub.AcceptInvitation(request, Bounded)).ShouldBe(first);
        }

        (await Refused(() => accepter.Client.Hub.AcceptInvitation(Acceptance(InvitationLink.TryParse(
            $"https://x.example/invite/{request.Locator}#{new string('0', 26)}.{request.KeyLink}")!), Bounded))) // It is spelled so.
            .ShouldBe(ErrorCodes.InvitationNotFound);
        (await Refused(async () => await accepter.Client.Hub.AcceptInvitation(Acceptance(await Invite(inviter)), Bounded)))
            .ShouldBe(ErrorCodes.AlreadyConnected);
    }

    [Test]
    public async Task Who_has_the_locator_alone_is_approved_or_declined()
    {
        var (inviter, one, other) = (await Peer(), await Peer(), await Peer());
        var heard = Hears<InvitationRequestChanged>(inviter);
        var told = Hears<InvitationRequestChanged>(one);
        var link = await Invite(inviter, AccessLevel.View);
        var typed = link.Locator[3..].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        var asked = await one.Client.Invitations.RequestAsync(typed, AccessLevel.Order, Bounded);
        (await Refused(() => one.Client.Invitations.RequestAsync(typed, cancellationToken: Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        var second = await other.Client.Invitations.RequestAsync(link.Locator, cancellationToken: Bounded);
        var waiting = await inviter.Client.Invitations.ListRequestsAsync(cancellationToken: Bounded);
        waiting.Items.Select(request => request.PeerId).ShouldBe([other.PeerId, one.PeerId]);
        waiting.Items[1].Granted.ShouldBe(AccessLevel.Order);
        (await Refused(() => other.Client.Invitations.ApproveAsync(asked.InvitationRequestId, Bounded))).ShouldBe(ErrorCodes.NotFound);

        (await inviter.Client.Invitations.DeclineAsync(second.InvitationRequestId, Bounded)).State
            .ShouldBe(InvitationRequestState.Declined);
        var connection = await inviter.Client.Invitations.ApproveAsync(asked.InvitationRequestId, Bounded);
        (connection.PeerId, connection.Grants, connection.Granted, connection.IsInvitedByMe)
            .ShouldBe((one.PeerId, AccessLevel.View, AccessLevel.Order, true));
        (await Refused(() => inviter.Client.Invitations.ApproveAsync(asked.InvitationRequestId, Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        (await Refused(() => other.Client.Hub.AcceptInvitation(Acceptance(link), Bounded))).ShouldBe(ErrorCodes.InvitationNotFound);
        var made = (await inviter.Client.Invitations.ListAsync(cancellationToken: Bounded)).Items.Single();
        (await inviter.Client.Invitations.VerifyAsync(made.InvitationId, made.Use.ShouldNotBeNull(), Bounded)).ShouldBeFalse();
        await Eventually(() => heard.All.Count == 4 && told.All.Count == 2);
        told.All.Select(change => change.State).ShouldBe([InvitationRequestState.Pending, InvitationRequestState.Approved]);
    }

    [Test]
    public async Task At_most_20_invitations_wait()
    {
        var inviter = await Peer();
        var calls = await Task.WhenAll(Enumerable.Range(0, 25).Select(async _ =>
        {
            try
            {
                await inviter.Client.Invitations.CreateAsync(AccessLevel.View, cancellationToken: Bounded);
                return "yes";
            }
            catch (P2PException e)
            {
                return e.Code;
            }
        }));
        calls.Count(code => code == "yes").ShouldBe(Limits.InvitationsPendingMax);
        calls.Where(code => code != "yes").Distinct().ShouldBe([ErrorCodes.QuotaExceeded]);
        var page = await inviter.Client.Invitations.ListAsync(15, cancellationToken: Bounded);
        var rest = await inviter.Client.Invitations.ListAsync(15, page.NextCursor, Bounded);
        page.Items.Concat(rest.Items).Select(one => one.InvitationId).Distinct().Count().ShouldBe(20);
        await inviter.Client.Invitations.RevokeAsync(page.Items[0].InvitationId, Bounded);
        (await Refused(() => inviter.Client.Invitations.RevokeAsync(page.Items[0].InvitationId, Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        await inviter.Client.Invitations.CreateAsync(AccessLevel.View, cancellationToken: Bounded);
    }

    [Test]
    public async Task The_database_holds_nothing_that_leads_to_a_secret()
    {
        // S56: neither the secret nor the token nor the binding key.
        var (inviter, accepter) = (await Peer(), await Peer());
        var link = await Invite(inviter);
        await accepter.Client.Invitations.AcceptAsync(link, cancellationToken: Bounded);
        var token = InvitationProof.Token(link.Secret);
        var rows = await Sql<string>(
            """
            select concat((select jsonb_agg(to_jsonb(i)) from invitations i), (select jsonb_agg(to_jsonb(r)) from requests r),
                          (select jsonb_agg(to_jsonb(e)) from events e))
            """);
        rows.ShouldContain(Symbols(link));
        foreach (var canary in new[] { link.Secret, Convert.ToHexStringLower(token), Base64Url.EncodeToString(token) })
        {
            rows.ShouldNotContain(canary, Case.Insensitive);
        }
    }

    /// <summary>What a program that checks nothing would send.</summary>
    internal static AcceptInvitationRequest Acceptance(InvitationLink link) => new()
    {
        RequestId = Guid.CreateVersion7(),
        Locator = link.Locator,
        Token = Base64Url.EncodeToString(InvitationProof.Token(link.Secret)),
        Grants = AccessLevel.View,
        KeyLink = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
        Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        Proof = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
    };

    private static string Symbols(InvitationLink link) => InvitationCode.TryReadLocator(link.Locator).ShouldNotBeNull();
}
