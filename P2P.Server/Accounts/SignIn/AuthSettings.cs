using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>
/// Whose tokens count (section <c>Auth</c>): those signed with one symmetric key, or those of one authority, never both. A mix would let
/// whoever knows the authority's public key use it as a symmetric one.
/// </summary>
/// <remarks>A class and not a record: what prints itself must not print the key.</remarks>
public sealed class AuthSettings
{
    private const int KeyBytesMin = 32;
    private const int KeyDistinctBytesMin = 10;
    private const int MinutesMax = 1_440;
    private static readonly string[] Defaults = ["change", "secret", "password", "default", "example", "your-", "your_", "12345678"];

    private AuthSettings(string issuer, string audience, byte[]? key, Uri? authority, bool tokensInUrl, int staffTokenMinutes)
    {
        TokensInUrl = tokensInUrl;
        StaffTokenMinutes = staffTokenMinutes;
        Issuer = issuer;
        Audience = audience;
        Authority = authority;
        SigningKey = key is null ? null : new SymmetricSecurityKey(key);
    }

    /// <summary>The <c>iss</c> that a token must have (<c>Auth:Issuer</c>).</summary>
    public string Issuer { get; }

    /// <summary>The <c>aud</c> that a token must have (<c>Auth:Audience</c>).</summary>
    public string Audience { get; }

    /// <summary>
    /// Where the keys of an authority are published (<c>Auth:Authority</c>, OpenID Connect discovery); null with a key of our own.
    /// </summary>
    public Uri? Authority { get; }

    /// <summary>The symmetric key (<c>Auth:Key</c>); null with an authority.</summary>
    public SymmetricSecurityKey? SigningKey { get; }

    /// <summary>
    /// A token may stand in a hub's URL (<c>Auth:TokensInUrl</c>, on by default): browsers with the stock SignalR client need it. Tickets
    /// always may.
    /// </summary>
    public bool TokensInUrl { get; }

    /// <summary>
    /// For how many minutes from its issue on a token with a role of staff may last (<c>Auth:StaffTokenMinutes</c>, 60 by default). Whoever
    /// steals one can do more than with a trader's, so it is for a shorter time.
    /// </summary>
    public int StaffTokenMinutes { get; }

    /// <summary>The only algorithms that are taken; fixed by the kind of key, never by the token.</summary>
    public IReadOnlyList<string> Algorithms => SigningKey is not null
        ? [SecurityAlgorithms.HmacSha256]
        : [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    /// <summary>Reads the section <c>Auth</c>.</summary>
    /// <param name="settings">The operator's settings.</param>
    /// <param name="keyInstead">Gives the key when neither key nor authority is set; null makes that a refusal.</param>
    /// <exception cref="SettingsException">A secret is missing, short or well known, or both kinds are set.</exception>
    public static AuthSettings From(IConfiguration settings, Func<string>? keyInstead = null)
    {
        var section = settings.GetSection("Auth");
        var key = Given(section["Key"]);
        var authority = Given(section["Authority"]);
        if (key is not null && authority is not null)
        {
            throw new SettingsException("Auth:Key and Auth:Authority are both set: keep one of them, tokens of both kinds are never mixed.");
        }

        if (key is null && authority is null)
        {
            key = keyInstead?.Invoke() ?? throw new SettingsException(
                "No token can be checked: set Auth:Key to a random key of 32 bytes (`openssl rand -base64 32`) or Auth:Authority to your authority.");
        }

        return new AuthSettings(
            Given(section["Issuer"]) ?? "p2p",
            Given(section["Audience"]) ?? "p2p",
            key is null ? null : KeyBytes(key),
            authority is null ? null : AuthorityUri(authority),
            Switch(section, "TokensInUrl", otherwise: true),
            Minutes(section, "StaffTokenMinutes", otherwise: 60));
    }

    private static bool Switch(IConfiguration section, string name, bool otherwise) =>
        Given(section[name]) is not { } text ? otherwise
            : bool.TryParse(text, out var on) ? on
            : throw new SettingsException($"Auth:{name} is neither true nor false: correct it.");

    private static int Minutes(IConfiguration section, string name, int otherwise) =>
        Given(section[name]) is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= MinutesMax ? minutes
            : throw new SettingsException($"Auth:{name} is no number between 1 and {MinutesMax}: correct it.");

    /// <summary>Base64 of at least 32 bytes is decoded; anything else is taken as the text that it is.</summary>
    private static byte[] KeyBytes(string key)
    {
        var bytes = Base64.IsValid(key, out var length) && length >= KeyBytesMin ? Convert.FromBase64String(key) : Encoding.UTF8.GetBytes(key);
        if (bytes.Length < KeyBytesMin)
        {
            throw new SettingsException(
                $"Auth:Key has {bytes.Length * 8} bits and needs {KeyBytesMin * 8}: make one with `openssl rand -base64 32`.");
        }

        if (bytes.Distinct().Count() < KeyDistinctBytesMin || Defaults.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            throw new SettingsException("Auth:Key can be guessed: make a random one with `openssl rand -base64 32`.");
        }

        return bytes;
    }

    private static Uri AuthorityUri(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : throw new SettingsException("Auth:Authority is no https address: set it to the address of your authority.");

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
