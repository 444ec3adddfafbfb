using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers;

/// <summary>
/// Who may see and do what with whose items: visibility x access x relation, asked of get, list, search, history, price, stock and events, and
/// once more after a connection has ended. What must come out stands here in letters, not computed. (S18) (S12)
/// </summary>
public sealed class ItemMatrixTests : ItemWorld
{
    /// <summary>
    /// V view, O order, M manage, - nothing; for items that are public, for customers and private, each giving view, order and manage.
    /// </summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["owner"] = "MMM MMM MMM",
        ["shared view"] = "VOO VVV VVV",
        ["shared order"] = "OOO OOO OOO",
        ["shared manage"] = "MMM MMM MMM",
        ["connected view"] = "VOO VVV ---",
        ["connected order"] = "VOO VOO ---",
        ["connected manage"] = "VOM VOM ---",
        ["stranger"] = "VOO --- ---",
        ["blocked"] = "--- --- ---",
        ["blocking"] = "--- --- ---",
        ["revoked"] = "VOO --- ---",
    };

    private Dictionary<string, Dealer> _peers = null!; // Set before each test.
    private Dictionary<(ItemVisibility, AccessLevel), Guid> _items = null!; // Set before each test.
    private int _cells;

    [SetUp]
    public async Task Make_the_world() => (_peers, _items) = await Make();

    [Test]
    public async Task Everybody_sees_and_does_what_they_may_and_nothing_else()
    {
        _cells = 0;
        foreach (var relation in Relations)
        {
            await Holds(relation, Expected[relation]);
        }

        TestContext.Out.WriteLine($"{_cells} cells");
        _cells.ShouldBe(Relations.Length * 9 * 8);
    }

    [Test]
    public async Task Who_sees_an_item_hears_of_it_and_nobody_else()
    {
        var heard = _peers.ToDictionary(peer => peer.Key, peer => Hears<ItemChanged>(peer.Value));
        var owner = _peers["owner"].Client.Items;
        var versions = new Dictionary<Guid, int>();
        foreach (var (cell, item) in _items)
        {
            var version = versions[item] = (await owner.SetPriceAsync(item, 11, cancellationToken: Bounded)).Version;
            var seeing = Relations.Where(relation => LetterOf(relation, cell) != '-' && relation is not ("stranger" or "revoked")).ToArray();
            foreach (var relation in seeing)
            {
                await Eventually(() => heard[relation].All.Any(change => change.ItemId == item && change.Version == version && !change.IsGone));
            }
        }

        // What was to be heard was heard; what was not would have come before, since each hears in order of commits.
        foreach (var relation in Relations)
        {
            var expected = relation is "stranger" or "revoked" ? 0 : _items.Keys.Count(cell => LetterOf(relation, cell) != '-');
            heard[relation].All.Count(change => versions[change.ItemId] == change.Version).ShouldBe(expected, relation);
        }
    }

    [Test]
    public async Task After_a_connection_has_ended_nothing_is_seen_or_heard_of_it()
    {
        var gone = new[] { "shared manage", "connected manage", "shared view" };
        foreach (var relation in gone)
        {
            await _peers["owner"].Client.Connections.RevokeAsync(_peers[relation].PeerId, Bounded);
        }

        var heard = gone.Append("connected view").ToDictionary(relation => relation, relation => Hears<ItemChanged>(_peers[relation]));
        foreach (var relation in gone)
        {
            await Holds(relation, Expected["stranger"]);
        }

        var versions = new Dictionary<Guid, int>();
        foreach (var item in _items.Values)
        {
            versions[item] = (await _peers["owner"].Client.Items.SetStockAsync(item, 7, cancellationToken: Bounded)).Version;
        }

        await Eventually(() => heard["connected view"].All.Count(change => change.Version == versions[change.ItemId]) == 6);
        foreach (var relation in gone)
        {
            heard[relation].All.ShouldNotContain(change => change.Version >= versions[change.ItemId], relation);
        }

        // Invited again, they begin without the shares of before.
        await Connect(_peers["owner"], _peers["shared manage"], AccessLevel.View);
        await Holds("shared manage", Expected["connected view"]);
    }

    /// <summary>Everything that a peer can ask about every item, against what must come out.</summary>
    private async Task Holds(string relation, string letters)
    {
        var (client, owner) = (_peers[relation].Client, _peers["owner"]);
        var listed = (await client.Items.ListAsync(limit: 100, cancellationToken: Bounded)).Items.Select(item => item.ItemId).ToHashSet();
        var ofOwner = (await client.Items.ListAsync(owner.PeerId, limit: 100, cancellationToken: Bounded)).Items.ToDictionary(item => item.ItemId);
        var found = (await client.Items.SearchAsync(owner.Name, limit: 100, cancellationToken: Bounded)).Items.Select(item => item.ItemId).ToHashSet();
        foreach (var (cell, item) in _items)
        {
            var letter = letters.Replace(" ", "", StringComparison.Ordinal)[IndexOf(cell)];
            var why = $"{relation}, {cell}";
            var sees = letter != '-';
            listed.Contains(item).ShouldBe(sees, why);
            ofOwner.ContainsKey(item).ShouldBe(sees, why);
            found.Contains(item).ShouldBe(sees, why);
            (await Said(() => client.Items.GetAsync(item, Bounded))).ShouldBe(sees ? "yes" : ErrorCodes.NotFound, why);
            if (sees)
            {
                Letter(ofOwner[item].Access).ShouldBe(letter, why);
                Letter((await client.Items.GetAsync(item, Bounded)).Access).ShouldBe(letter, why);
                ofOwner[item].Visibility.HasValue.ShouldBe(relation == "owner", why);
            }

            var managed = letter switch { 'M' => "yes", '-' => ErrorCodes.NotFound, _ => ErrorCodes.AccessRequired };
            (await Said(() => client.Items.ListHistoryAsync(item, cancellationToken: Bounded))).ShouldBe(managed, why);
            (await Said(() => client.Items.SetPriceAsync(item, 10, cancellationToken: Bounded))).ShouldBe(managed, why);
            (await Said(() => client.Items.SetStockAsync(item, 6, cancellationToken: Bounded))).ShouldBe(managed, why);
            (await Said(() => client.Items.ListSharesAsync(item, cancellationToken: Bounded))).ShouldBe(
                relation == "owner" ? "yes" : ErrorCodes.NotFound, why);
            _cells += 8;
        }

        await NothingLeaks(client);
    }

    [Test]
    [Category("BesideTrading")]
    public async Task An_ad_is_no_item()
    {
        var trader = await Seller();
        var ad = await TestMarket.Ad(trader, total: 5);
        var client = Connecting(trader.Name);
        await client.ConnectAsync(Bounded);
        await client.Peers.JoinAsync("me", cancellationToken: Bounded);
        (await Said(() => client.Items.SetStockAsync(ad, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Said(() => client.Items.SetPriceAsync(ad, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        var item = (await client.Items.CreateAsync(Terms(), 1, cancellationToken: Bounded)).ItemId;
        (await Said(() => trader.Client.Ads.ChangeTotalAsync(item, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Sql<decimal>($"select total from offers where id = '{ad}'")).ShouldBe(5);
    }

    /// <summary>What is not to be seen is refused as what does not exist, to the letter.</summary>
    private async Task NothingLeaks(P2P.Client.Sdk.DealerClient client)
    {
        var nobodys = Guid.CreateVersion7();
        foreach (var (_, item) in _items)
        {
            if (await Said(() => client.Items.GetAsync(item, Bounded)) == "yes")
            {
                continue;
            }

            foreach (var call in new Func<Guid, Task>[]
            {
                id => client.Items.GetAsync(id, Bounded), id => client.Items.SetPriceAsync(id, 10, cancellationToken: Bounded),
                id => client.Items.SetStockAsync(id, 1, cancellationToken: Bounded), id => client.Items.DeleteAsync(id, cancellationToken: Bounded),
                id => client.Items.UpdateAsync(id, Terms(), cancellationToken: Bounded), id => client.Items.ListHistoryAsync(id, cancellationToken: Bounded),
                id => client.Items.ListSharesAsync(id, cancellationToken: Bounded),
            })
            {
                var (foreign, missing) = (await Refusal(() => call(item)), await Refusal(() => call(nobodys)));
                (foreign.Code, foreign.Message, JsonSerializer.Serialize(foreign.Details))
                    .ShouldBe((missing.Code, missing.Message, JsonSerializer.Serialize(missing.Details)));
            }
        }
    }

    private static char LetterOf(string relation, (ItemVisibility, AccessLevel) cell) =>
        Expected[relation].Replace(" ", "", StringComparison.Ordinal)[IndexOf(cell)];

    private static int IndexOf((ItemVisibility Visibility, AccessLevel Gives) cell) =>
        (3 * Array.IndexOf(Visibilities, cell.Visibility)) + Array.IndexOf(Levels, cell.Gives);

    private static char Letter(AccessLevel level) => level switch { AccessLevel.View => 'V', AccessLevel.Order => 'O', AccessLevel.Manage => 'M', _ => '?' };
}
