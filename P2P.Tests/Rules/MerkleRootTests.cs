using P2P.Server.Deals.Ledger.Checkpoints;

namespace P2P.Tests.Rules;

/// <summary>The tree of checkpoints against vectors that others publish.</summary>
public sealed class MerkleRootTests
{
    [TestCase(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [TestCase(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [TestCase(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_root_is_that_of_RFC_6962(int leaves, string expected)
    {
        // The well-known vectors of Certificate Transparency's reference implementations.
        string[] vectors = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var root = new MerkleRoot();
        foreach (var leaf in vectors.Take(leaves))
        {
            root.Add(Convert.FromHexString(leaf));
        }

        Convert.ToHexStringLower(root.Root()).ShouldBe(expected);
    }
}
