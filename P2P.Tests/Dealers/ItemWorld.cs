using P2P.Contracts.Dealers;

namespace P2P.Tests.Dealers;

/// <summary>Items of every visibility and access, and peers in every relation to their owner.</summary>
public abstract class ItemWorld : DealerFixture
{
    private protected static readonly string[] Relations =
    [
        "owner", "shared view", "shared order", "shared manage", "connected view", "connected order", "connected manage", "stranger", "blocked", "blocking",
        "revoked",
    ];

    private protected static readonly ItemVisibility[] Visibilities = [ItemVisibility.Public, ItemVisibility.Customers, ItemVisibility.Private];
    private protected static readonly AccessLevel[] Levels = [AccessLevel.View, AccessLevel.Order, AccessLevel.Manage];

    private protected static ItemTerms Terms(
        string name = "Lamp", ItemVisibility visibility = ItemVisibility.Customers, AccessLevel gives = AccessLevel.Order, decimal price = 10) => new()
        {
            Name = name,
            Description = "bright and warm",
            Category = "Light",
            Price = price,
            Currency = "KES",
            Fields = [new ItemField { Name = "colour", Value = "red" }],
            Visibility = visibility,
            Gives = gives,
        };

    /// <summary>One peer in each relation to an owner, and one item of each visibility and access, shared with whom it is to be shared.</summary>
    private protected async Task<(Dictionary<string, Dealer> Peers, Dictionary<(ItemVisibility, AccessLevel), Guid> Items)> Make()
    {
        var peers = new Dictionary<string, Dealer> { ["owner"] = await Peer() };
        var owner = peers["owner"];
        foreach (var relation in Relations.Skip(1))
        {
            var peer = peers[relation] = await Peer();
            if (relation != "stranger")
            {
                await Connect(owner, peer, relation.StartsWith("connected", StringComparison.Ordinal) ? LevelOf(relation) : AccessLevel.View);
            }
        }

        var items = new Dictionary<(ItemVisibility, AccessLevel), Guid>();
        foreach (var visibility in Visibilities)
        {
            foreach (var gives in Levels)
            {
                var item = (await owner.Client.Items.CreateAsync(
                        Terms($"{visibility} {gives} {owner.Name}", visibility, gives), 5, isSealed: false, cancellationToken: Bounded))
                    .ItemId;
                items.Add((visibility, gives), item);
                foreach (var relation in Relations.Where(one => one.StartsWith("shared", StringComparison.Ordinal)))
                {
                    await owner.Client.Items.ShareAsync(item, peers[relation].PeerId, LevelOf(relation), Bounded);
                }

                await owner.Client.Items.ShareAsync(item, peers["revoked"].PeerId, AccessLevel.Manage, Bounded);
            }
        }

        await owner.Client.Connections.BlockAsync(peers["blocked"].PeerId, Bounded);
        await peers["blocking"].Client.Connections.BlockAsync(owner.PeerId, Bounded);
        await owner.Client.Connections.RevokeAsync(peers["revoked"].PeerId, Bounded);
        return (peers, items);
    }

    private protected static AccessLevel LevelOf(string relation) => Enum.Parse<AccessLevel>(relation.Split(' ')[1], ignoreCase: true);

    /// <summary>What a call ends in: its code, or "yes".</summary>
    private protected static async Task<string> Said(Func<Task> call)
    {
        try
        {
            await call();
            return "yes";
        }
        catch (P2P.Client.Sdk.P2PException e)
        {
            return e.Code;
        }
    }
}
