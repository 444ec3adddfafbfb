using System.Text;
using Microsoft.Extensions.Logging;
using P2P.Contracts.Dealers;
using P2P.Tests.Encryption;
using P2P.Tests.Files;
using P2P.Tests.Observing;

namespace P2P.Tests.Dealers;

/// <summary>
/// What peers say to each other over a channel and what a sealed item says stands nowhere in the database, nor in a log that writes everything, and neither
/// does a private key. (S56)
/// </summary>
public sealed class DealerCanaryTests : ItemWorld
{
    private const string Canary = "canary-5b1d-between-peers";

    private readonly LogLines _lines = new();

    protected override ILoggerProvider[] Loggers => [_lines];

    protected override Dictionary<string, string?>? Settings => new() { ["Logging:LogLevel:Default"] = "Trace" };

    [Test]
    public async Task Neither_database_nor_log_knows_what_peers_keep_to_themselves()
    {
        var stores = new[] { new RecordingStore(), new RecordingStore() };
        var owner = await Joined(stores[0]);
        var chosen = await Joined(stores[1]);
        await Connect(owner, chosen);

        var terms = new ItemTerms
        {
            Name = $"name {Canary}",
            Description = $"description {Canary}",
            Category = Canary,
            Price = 8_675_309.21m,
            Currency = "KES",
            Fields = [new ItemField { Name = Canary, Value = Canary }],
            Visibility = ItemVisibility.Private,
            Gives = AccessLevel.Order,
        };
        var item = (await owner.Client.Items.CreateAsync(terms, 1, cancellationToken: Bounded)).ItemId;
        var picture = (byte[])Pictures.Good().First().Arguments[0]!; // Each has a file.
        await owner.Client.Items.AddImageAsync(item, new MemoryStream(picture), $"{Canary}.jpg", cancellationToken: Bounded);
        await owner.Client.Items.ShareAsync(item, chosen.PeerId, AccessLevel.View, Bounded);
        await owner.Client.Items.UpdateAsync(item, terms with { Name = $"second {Canary}" }, cancellationToken: Bounded);
        (await chosen.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe($"second {Canary}");
        await owner.Client.Items.UnshareAsync(item, chosen.PeerId, Bounded);
        (await owner.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe($"second {Canary}");

        await using var incoming = chosen.Client.Channels.ListenAsync(Bounded).GetAsyncEnumerator();
        var listening = incoming.MoveNextAsync();
        await using var channel = await owner.Client.Channels.OpenAsync(chosen.PeerId, Bounded);
        await channel.SendTextAsync($"said {Canary}", Bounded);
        (await listening).ShouldBeTrue();
        await foreach (var said in incoming.Current.ReadAllAsync(Bounded))
        {
            Encoding.UTF8.GetString(said).ShouldBe($"said {Canary}");
            break;
        }

        var scan = new DatabaseScan(Market.Database.Superuser);
        (await scan.Find(Encoding.UTF8.GetBytes(Canary))).ShouldBeEmpty();
        (await Sql<long>("select count(*) from items where price = 8675309.21")).ShouldBe(0);
        (await Sql<long>("select count(*) from item_history where price = 8675309.21")).ShouldBe(0);
        var secrets = stores.SelectMany(store => store.Secrets()).ToList();
        secrets.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var secret in secrets)
        {
            (await scan.Find(secret)).ShouldBeEmpty();
        }

        _lines.Records.Count.ShouldBeGreaterThan(150);
        foreach (var (_, text) in _lines.Records)
        {
            text.ShouldNotContain(Canary);
            text.ShouldNotContain("8675309");
        }

        // The scan finds what is there.
        await owner.Client.Items.ArrangeImagesAsync(item, [], cancellationToken: Bounded);
        await owner.Client.Items.UpdateAsync(item, terms, isSealed: false, cancellationToken: Bounded);
        (await scan.Find(Encoding.UTF8.GetBytes(Canary))).ShouldContain("items.name");
    }

    private async Task<Dealer> Joined(RecordingStore keys)
    {
        var dealer = await Stranger(keys);
        return dealer with { PeerId = (await dealer.Client.Peers.JoinAsync(dealer.Name, cancellationToken: Bounded)).PeerId };
    }
}
