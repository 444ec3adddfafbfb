using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using P2P.Server.Accounts.SignIn;

namespace P2P.Tests.Accounts;

/// <summary>What we sign, we accept, and nobody else does.</summary>
public sealed class TokenSignerTests
{
    [Test]
    public async Task A_token_carries_user_roles_issuer_audience_and_times()
    {
        var settings = Settings(RandomKey());
        var before = DateTime.UtcNow.AddSeconds(-1);
        var result = await Validate(new TokenSigner(settings).Sign("alice", ["admin", "custody", "admin"], TimeSpan.FromHours(1)), settings);
        result.IsValid.ShouldBeTrue();
        var token = (JsonWebToken)result.SecurityToken;
        token.Subject.ShouldBe("alice");
        token.Issuer.ShouldBe("p2p");
        token.Audiences.ShouldBe(["p2p"]);
        token.Claims.Where(claim => claim.Type == "role").Select(claim => claim.Value).ShouldBe(["admin", "custody"]);
        token.IssuedAt.ShouldBeGreaterThanOrEqualTo(before);
        (token.ValidTo - token.IssuedAt).ShouldBe(TimeSpan.FromHours(1));
        token.Alg.ShouldBe("HS256");
    }

    [Test]
    public async Task Another_key_does_not_accept_it()
    {
        var token = new TokenSigner(Settings(RandomKey())).Sign("alice");
        (await Validate(token, Settings(RandomKey()))).IsValid.ShouldBeFalse();
    }

    [Test]
    public void A_key_may_be_text() => Settings("the quick brown fox jumps over the lazy dog").SigningKey!.KeySize.ShouldBe(43 * 8); // A key was set.

    [Test]
    public void An_authority_takes_no_symmetric_algorithm()
    {
        var settings = AuthSettings.From(new ConfigurationBuilder()
            .AddInMemoryCollection([new KeyValuePair<string, string?>("Auth:Authority", "https://id.example")])
            .Build());
        settings.SigningKey.ShouldBeNull();
        settings.Algorithms.ShouldNotContain(algorithm => algorithm.StartsWith("HS", StringComparison.Ordinal));
        Settings(RandomKey()).Algorithms.ShouldBe(["HS256"]);
    }

    private static string RandomKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static AuthSettings Settings(string key) => AuthSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>("Auth:Key", key)]).Build());

    private static Task<TokenValidationResult> Validate(string token, AuthSettings settings) =>
        new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.Audience,
            ValidAlgorithms = settings.Algorithms,
            IssuerSigningKey = settings.SigningKey,
        });
}
