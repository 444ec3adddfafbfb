using System.Buffers.Text;
using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Tests.Dealers;

/// <summary>Wrong input is refused with its path, changes nothing and counts as no guess; and what an erased person leaves.</summary>
public sealed class DealerInputTests : DealerFixture
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        var create = new CreateInvitationRequest
        {
            RequestId = Guid.CreateVersion7(),
            Access = AccessLevel.View,
            Hours = 1,
            TokenHash = Text(32),
            Nonce = Text(16),
        };
        var accept = new AcceptInvitationRequest
        {
            RequestId = Guid.CreateVersion7(),
            Locator = "AD-0000-0000",
            Token = Text(32),
            Grants = AccessLevel.View,
            KeyLink = Text(32),
            Nonce = Text(16),
            Proof = Text(32),
        };
        yield return Case("hours", peer => peer.Client.Hub.CreateInvitation(create with { Hours = 0 }, Bounded));
        yield return Case("hours", peer => peer.Client.Hub.CreateInvitation(create with { Hours = 721 }, Bounded));
        yield return Case("access", peer => peer.Client.Hub.CreateInvitation(create with { Access = AccessLevel.Unknown }, Bounded));
        yield return Case("tokenHash", peer => peer.Client.Hub.CreateInvitation(create with { TokenHash = Text(31) }, Bounded));
        yield return Case("tokenHash", peer => peer.Client.Hub.CreateInvitation(create with { TokenHash = "" }, Bounded));
        yield return Case("nonce", peer => peer.Client.Hub.CreateInvitation(create with { Nonce = Text(17) }, Bounded));
        yield return Case("locator", peer => peer.Client.Hub.AcceptInvitation(accept with { Locator = "AD-0000-000U" }, Bounded));
        yield return Case("token", peer => peer.Client.Hub.AcceptInvitation(accept with { Token = "???" }, Bounded));
        yield return Case("grants", peer => peer.Client.Hub.AcceptInvitation(accept with { Grants = AccessLevel.Unknown }, Bounded));
        yield return Case("keyLink", peer => peer.Client.Hub.AcceptInvitation(accept with { KeyLink = Text(33) }, Bounded));
        yield return Case("nonce", peer => peer.Client.Hub.AcceptInvitation(accept with { Nonce = Text(15) }, Bounded));
        yield return Case("proof", peer => peer.Client.Hub.AcceptInvitation(accept with { Proof = "" }, Bounded));
        yield return Case("locator", peer => peer.Client.Invitations.RequestAsync("nothing", cancellationToken: Bounded));
        yield return Case("grants", peer => peer.Client.Invitations.RequestAsync("AD-0000-0000", AccessLevel.Unknown, Bounded));
        yield return Case("peerId", peer => peer.Client.Connections.GetAsync("x", Bounded));
        yield return Case("peerId", peer => peer.Client.Connections.BlockAsync(Text(31), Bounded));
        yield return Case("peerId", peer => peer.Client.Invitations.CutBranchAsync("", Bounded));
        yield return Case("limit", peer => peer.Client.Connections.ListAsync(101, cancellationToken: Bounded));
        yield return Case("limit", peer => peer.Client.Invitations.ListAsync(0, cancellationToken: Bounded));
        yield return Case("cursor", peer => peer.Client.Connections.ListAsync(cursor: "x", cancellationToken: Bounded));
        yield return Case("cursor", peer => peer.Client.Invitations.ListRequestsAsync(cursor: "x", cancellationToken: Bounded));
        yield return Case("text", peer => peer.Client.Peers.SearchAsync(new string('a', 51), cancellationToken: Bounded));

        var terms = ItemTests.Good();
        yield return Case("terms.name", peer => peer.Client.Items.CreateAsync(terms with { Name = " \u200B" }, 1, cancellationToken: Bounded));
        yield return Case("terms.name", peer => peer.Client.Items.CreateAsync(terms with { Name = new string('a', 121) }, 1, cancellationToken: Bounded));
        yield return Case("terms.description", peer => peer.Client.Items.CreateAsync(terms with { Description = new string('a', 4_001) }, 1, cancellationToken: Bounded));
        yield return Case("terms.category", peer => peer.Client.Items.CreateAsync(terms with { Category = new string('a', 51) }, 1, cancellationToken: Bounded));
        yield return Case("terms.price", peer => peer.Client.Items.CreateAsync(terms with { Price = 0 }, 1, cancellationToken: Bounded));
        yield return Case("terms.price", peer => peer.Client.Items.CreateAsync(terms with { Price = 1.001m }, 1, cancellationToken: Bounded));
        yield return Case("terms.currency", peer => peer.Client.Items.CreateAsync(terms with { Currency = "" }, 1, cancellationToken: Bounded));
        yield return Case("terms.visibility", peer => peer.Client.Items.CreateAsync(terms with { Visibility = ItemVisibility.Unknown }, 1, cancellationToken: Bounded));
        yield return Case("terms.gives", peer => peer.Client.Items.CreateAsync(terms with { Gives = AccessLevel.Unknown }, 1, cancellationToken: Bounded));
        yield return Case("terms.fields", peer => peer.Client.Items.CreateAsync(
            terms with { Fields = [.. Enumerable.Range(0, 21).Select(i => new ItemField { Name = $"{i}", Value = "x" })] }, 1, cancellationToken: Bounded));
        yield return Case("terms.fields[0].name", peer => peer.Client.Items.CreateAsync(
            terms with { Fields = [new ItemField { Name = "", Value = "x" }] }, 1, cancellationToken: Bounded));
        yield return Case("terms.fields[1].name", peer => peer.Client.Items.CreateAsync(
            terms with { Fields = [new ItemField { Name = "a", Value = "x" }, new ItemField { Name = "a", Value = "y" }] }, 1, cancellationToken: Bounded));
        yield return Case("terms.fields[0].value", peer => peer.Client.Items.CreateAsync(
            terms with { Fields = [new ItemField { Name = "a", Value = new string('x', 201) }] }, 1, cancellationToken: Bounded));
        yield return Case("unit", peer => peer.Client.Items.CreateAsync(terms, 1, "", cancellationToken: Bounded));
        yield return Case("unit", peer => peer.Client.Items.CreateAsync(terms, 1, new string('a', 21), cancellationToken: Bounded));
        yield return Case("stock", peer => peer.Client.Items.CreateAsync(terms, -1, cancellationToken: Bounded));
        yield return Case("stock", peer => peer.Client.Items.CreateAsync(terms, 0.0001m, cancellationToken: Bounded));
        yield return Case("stock", peer => peer.Client.Items.SetStockAsync(Guid.CreateVersion7(), 1_000_000_001, cancellationToken: Bounded));
        yield return Case("price", peer => peer.Client.Items.SetPriceAsync(Guid.CreateVersion7(), -1, cancellationToken: Bounded));
        yield return Case("access", peer => peer.Client.Items.ShareAsync(Guid.CreateVersion7(), Text(32), AccessLevel.Unknown, Bounded));
        yield return Case("peerId", peer => peer.Client.Items.ShareAsync(Guid.CreateVersion7(), "x", AccessLevel.View, Bounded));
        yield return Case("peerId", peer => peer.Client.Items.UnshareAsync(Guid.CreateVersion7(), "x", Bounded));
        yield return Case("peerId", peer => peer.Client.Items.ListAsync("x", cancellationToken: Bounded));
        yield return Case("category", peer => peer.Client.Items.ListAsync(category: new string('a', 51), cancellationToken: Bounded));
        yield return Case("cursor", peer => peer.Client.Items.ListAsync(cursor: "x", cancellationToken: Bounded));
        yield return Case("limit", peer => peer.Client.Items.ListAsync(limit: 0, cancellationToken: Bounded));
        yield return Case("text", peer => peer.Client.Items.SearchAsync("!", cancellationToken: Bounded));
        yield return Case("text", peer => peer.Client.Items.SearchAsync(new string('a', 51), cancellationToken: Bounded));

        static TestCaseData Case(string path, Func<Dealer, Task> call) => new(path, call);
    }

    [TestCaseSource(nameof(Wrong))]
    public async Task What_is_wrong_is_named(string path, object call)
    {
        var peer = await Peer();
        var refusal = await Refusal(() => ((Func<Dealer, Task>)call)(peer));
        (refusal.Code, Detail(refusal, "path")).ShouldBe((ErrorCodes.BadInput, path));
        (await Sql<long>(
            $"""
            select (select count(*) from invitations where inviter_id = {Id(peer)})
                   + (select count(*) from invitation_tries where user_id = {Id(peer)})
                   + (select count(*) from offers where owner_id = {Id(peer)})
            """)).ShouldBe(0);
    }

    [Test]
    public async Task Who_was_erased_is_no_peer_and_connected_with_nobody()
    {
        var (gone, other) = (await Peer(isDiscoverable: true), await Peer());
        await Connect(gone, other);
        var link = await Invite(gone);
        await Sql(
            $"""
            insert into deletions (user_id, asked_at, due_at, next_at) values ({Id(gone)}, now(), now(), now());
            update deletions set erased_at = now() where user_id = {Id(gone)};
            """);
        (await Sql<bool>($"select name is null and not is_discoverable from peers where user_id = {Id(gone)}")).ShouldBeTrue();
        (await other.Client.Connections.ListAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await Refused(() => other.Client.Invitations.OpenAsync(link, Bounded))).ShouldBe(ErrorCodes.InvitationNotFound);
        (await Refused(() => gone.Client.Peers.GetAsync(Bounded))).ShouldBe(ErrorCodes.NotAPeer);
    }

    private static string Text(int count) => Base64Url.EncodeToString(new byte[count]);
}
