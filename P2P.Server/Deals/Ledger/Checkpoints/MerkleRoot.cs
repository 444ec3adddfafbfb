using System.Security.Cryptography;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>
/// The root of a Merkle tree as RFC 6962 builds it, over leaves that come one after the other: a leaf is SHA-256 of a zero byte and its
/// text, a node SHA-256 of a one byte and its two children, the root of nothing SHA-256 of nothing. Only one node a level is kept.
/// </summary>
public sealed class MerkleRoot
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    private readonly Stack<(int Height, byte[] Hash)> _full = new();

    public void Add(ReadOnlySpan<byte> leaf)
    {
        var node = (Height: 0, Hash: SHA256.HashData([LeafPrefix, .. leaf]));
        while (_full.TryPeek(out var left) && left.Height == node.Height)
        {
            _full.Pop();
            node = (node.Height + 1, Join(left.Hash, node.Hash));
        }

        _full.Push(node);
    }

    public byte[] Root()
    {
        byte[]? root = null;
        foreach (var (_, hash) in _full)
        {
            root = root is null ? hash : Join(hash, root);
        }

        return root ?? SHA256.HashData([]);
    }

    private static byte[] Join(byte[] left, byte[] right) => SHA256.HashData([NodePrefix, .. left, .. right]);
}
