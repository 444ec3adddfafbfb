using System.Text.Json;
using P2P.Contracts.Encryption;
using P2P.Tests.Shape;

namespace P2P.Tests.Dealers;

/// <summary>The bytes of docs/dealers.md: another client that makes the same speaks the same language.</summary>
public sealed class InvitationVectorTests
{
    [Test]
    public void An_invitation_s_token_and_proof_are_these()
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "docs", "dealers.md"));
        var start = text.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        var vector = JsonSerializer.Deserialize<Vector>(text[start..text.IndexOf("```", start, StringComparison.Ordinal)], JsonSerializerOptions.Web)
            .ShouldNotBeNull();
        Convert.ToHexStringLower(InvitationProof.Token(vector.Secret)).ShouldBe(vector.Token);
        Convert.ToHexStringLower(InvitationProof.HashOf(Convert.FromHexString(vector.Token))).ShouldBe(vector.TokenHash);
        Convert.ToHexStringLower(InvitationProof.Of(vector.Secret, vector.Locator, Of(vector.Inviter), Of(vector.Accepter))).ShouldBe(vector.Proof);
    }

    private static InvitationParty Of(Party party) => new(party.ProfileId, Convert.FromHexString(party.KeyLink), Convert.FromHexString(party.Nonce));

    private sealed record Vector(string Secret, string Locator, string Token, string TokenHash, Party Inviter, Party Accepter, string Proof);

    private sealed record Party(long ProfileId, string KeyLink, string Nonce);
}
