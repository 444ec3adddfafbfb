using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>A ticket for one hub connection.</summary>
public sealed record Ticket(string Text, DateTimeOffset ExpiresAt);

/// <summary>
/// Tickets stand for a token in a hub's URL: they work once, for 30 seconds, from the Origin that asked for them. Only their SHA-256 is
/// kept.
/// </summary>
public sealed class TicketFlow(Database database)
{
    public const int LifetimeSeconds = 30;
    private const int SecretBytes = 32;
    private const int SweepRowsMax = 1_000;
    private static readonly int TextChars = Base64Url.GetEncodedLength(SecretBytes);

    /// <summary>A ticket for the principal: it keeps the token's times and roles.</summary>
    public async Task<Ticket> Issue(ClaimsPrincipal principal, string? origin, CancellationToken cancellation)
    {
        var text = NewSecret();
        var claims = JsonSerializer.Serialize(new TicketClaims(
            principal.Caller().Sub,
            CallerClaims.IssuedAtOf(principal).ToUnixTimeSeconds(),
            CallerClaims.ExpiresOf(principal).ToUnixTimeSeconds(),
            principal.Roles()));
        var expiresAt = await database.Write(
            tx => TicketSql.Insert(tx, HashOf(text), principal.Caller().UserId, claims, origin, LifetimeSeconds), cancellation);
        return new Ticket(text, expiresAt);
    }

    /// <summary>The principal that the ticket stands for; null when it is unknown, used, late or another Origin's.</summary>
    public async Task<ClaimsPrincipal?> Redeem(string text, string? origin, string scheme, CancellationToken cancellation)
    {
        if (text.Length != TextChars)
        {
            return null;
        }

        var taken = await database.Write(tx => TicketSql.Take(tx, HashOf(text)), cancellation);
        if (taken is not { InTime: true } || !string.Equals(taken.Origin, origin, StringComparison.Ordinal))
        {
            return null;
        }

        var claims = JsonSerializer.Deserialize<TicketClaims>(taken.Claims)
            ?? throw new InvalidOperationException("A ticket's row has no claims.");
        var identity = new ClaimsIdentity(scheme, CallerClaims.Sub, Principals.RoleClaim);
        identity.AddClaim(new Claim(CallerClaims.Sub, claims.Sub));
        identity.AddClaim(new Claim(CallerClaims.IssuedAt, claims.IssuedAt.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(CallerClaims.Expires, claims.Expires.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaims(claims.Roles.Select(role => new Claim(Principals.RoleClaim, role)));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Removes tickets that nobody used in time.</summary>
    public Task<int> Sweep(CancellationToken cancellation) =>
        database.Write(tx => TicketSql.DeleteEnded(tx, SweepRowsMax), cancellation);

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private sealed record TicketClaims(string Sub, long IssuedAt, long Expires, IReadOnlyList<string> Roles);

    /// <summary>What nobody guesses.</summary>
    internal static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}
