using System.Globalization;
using System.Text;
using P2P.Db;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>Computes what a checkpoint says of the database: when it is made, and again when it is verified.</summary>
internal static class CheckpointMaker
{
    /// <summary>The checkpoint up to a time, not signed yet.</summary>
    /// <param name="tx">A snapshot that was taken after <paramref name="until"/> was chosen.</param>
    /// <param name="former">The one that it follows; null for the first.</param>
    /// <param name="until">Its time.</param>
    public static async Task<Checkpoint> Make(Tx tx, Checkpoint? former, DateTimeOffset until)
    {
        var root = new MerkleRoot();
        var links = new Dictionary<string, long>();
        await foreach (var head in CheckpointSql.Heads(tx, former?.At, until))
        {
            root.Add(Encoding.UTF8.GetBytes(Leaf(head)));
            links[head.Chain] = links.GetValueOrDefault(head.Chain) + head.Links;
        }

        return new Checkpoint
        {
            Number = (former?.Number ?? 0) + 1,
            At = until,
            Entries = links.GetValueOrDefault("account"),
            History = links.GetValueOrDefault("order"),
            Audit = links.GetValueOrDefault("audit"),
            Root = Convert.ToHexStringLower(root.Root()),
            Previous = former?.Hash() ?? Checkpoint.NoPrevious,
            Signature = "",
        };
    }

    private static string Leaf(ChainHead head) => head.Id is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"{head.Chain}|{id:D}|{head.Seq}|{Convert.ToHexStringLower(head.Hash)}")
        : string.Create(CultureInfo.InvariantCulture, $"{head.Chain}|{head.Seq}|{Convert.ToHexStringLower(head.Hash)}");
}
