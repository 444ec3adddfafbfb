using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>
/// The keys that seal users' secrets (section <c>SecondFactor</c>). Without one no second factor is offered.
/// </summary>
/// <remarks>A class and not a record: what prints itself must not print the keys.</remarks>
public sealed class SecondFactorSettings
{
    private const string DevelopmentKeyId = "development";
    private const string DevelopmentKeyFile = "second-factor.key";
    private const int KeyBytes = 32;
    private const int KeyDistinctBytesMin = 10;
    private const int KeyIdCharsMax = 20;
    private const int IssuerCharsMax = 50;

    private SecondFactorSettings(IReadOnlyDictionary<string, byte[]> keys, string? keyId, string issuer) =>
        (Keys, KeyId, Issuer) = (keys, keyId, issuer);

    /// <summary>No key, and no second factor.</summary>
    public static SecondFactorSettings None { get; } = new(FrozenDictionary<string, byte[]>.Empty, null, "P2P");

    /// <summary>
    /// Keys by their ids (<c>SecondFactor:Keys:2026=..</c>), base64 of 32 bytes each. One that is no longer used to seal stays until no secret
    /// is sealed with it.
    /// </summary>
    public IReadOnlyDictionary<string, byte[]> Keys { get; }

    /// <summary>The key that seals (<c>SecondFactor:KeyId</c>); may be left out when there is one. Null without keys.</summary>
    public string? KeyId { get; }

    /// <summary>What apps call this server (<c>SecondFactor:Issuer</c>).</summary>
    public string Issuer { get; }

    /// <summary>Reads the section; development without a key makes one in its data folder.</summary>
    /// <exception cref="SettingsException">A key is no key, or it is not said which of several seals.</exception>
    public static SecondFactorSettings From(IConfiguration configuration, ServerMode? mode = null)
    {
        var section = configuration.GetSection("SecondFactor");
        var keys = section.GetSection("Keys").GetChildren().ToDictionary(child => child.Key, child => KeyOf(child.Key, child.Value));
        if (keys.Count == 0 && mode is { IsDevelopment: true, DataFolder: { } folder })
        {
            keys[DevelopmentKeyId] = KeyOf(DevelopmentKeyId, KeyFile.ReadOrMake(
                Path.Combine(folder, DevelopmentKeyFile), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));
        }

        var keyId = Given(section["KeyId"]) ?? (keys.Count == 1 ? keys.Keys.Single() : null);
        var issuer = Given(section["Issuer"]) ?? None.Issuer;
        if (issuer.Length > IssuerCharsMax || issuer.Contains(':', StringComparison.Ordinal) || issuer.Any(char.IsControl))
        {
            throw new SettingsException($"SecondFactor:Issuer has 1 to {IssuerCharsMax} characters and no colon: correct it.");
        }

        return keyId is null && keys.Count > 1
            ? throw new SettingsException("SecondFactor:Keys has several keys: say in SecondFactor:KeyId which one seals.")
            : keyId is not null && !keys.ContainsKey(keyId)
                ? throw new SettingsException($"SecondFactor:KeyId names {keyId}, which is not among SecondFactor:Keys: add it.")
                : new SecondFactorSettings(keys.ToFrozenDictionary(StringComparer.Ordinal), keyId, issuer);
    }

    private static byte[] KeyOf(string id, string? text)
    {
        if (id.Length > KeyIdCharsMax || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new SettingsException($"SecondFactor:Keys: an id has at most {KeyIdCharsMax} letters, digits, dashes and underscores: correct it.");
        }

        var given = Given(text) ?? "";
        var bytes = Base64.IsValid(given) ? Convert.FromBase64String(given) : [];
        return bytes.Length != KeyBytes
            ? throw new SettingsException(
                $"SecondFactor:Keys:{id} is not base64 of {KeyBytes} bytes: make one with `openssl rand -base64 {KeyBytes}`.")
            : bytes.Distinct().Count() < KeyDistinctBytesMin
                ? throw new SettingsException(
                    $"SecondFactor:Keys:{id} can be guessed: make a random one with `openssl rand -base64 {KeyBytes}`.")
                : bytes;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
