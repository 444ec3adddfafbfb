namespace P2P.Contracts.Encryption;

/// <summary>
/// How the codes of invitations are spelled: in Crockford's 32 symbols, which have no I, L, O and U. Read with I and L as 1, O as 0, in
/// small or
/// capital letters, dashes and spaces left out.
/// </summary>
public static class InvitationCode
{
    /// <summary>The symbols, in the order of their values.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Symbols of a locator: 40 bits that find an invitation and prove nothing.</summary>
    public const int LocatorSymbols = 8;

    /// <summary>Symbols of a secret: 130 bits.</summary>
    public const int SecretSymbols = 26;

    private const string Prefix = "AD";

    /// <summary>Eight symbols as they are shown: <c>AD-7X9K-2M4P</c>.</summary>
    public static string Show(string locator)
    {
        ArgumentNullException.ThrowIfNull(locator);
        return $"{Prefix}-{locator[..4]}-{locator[4..]}";
    }

    /// <summary>The eight symbols of a locator, with or without its prefix; null when the text is none.</summary>
    public static string? TryReadLocator(string? text)
    {
        var bare = Bare(text);
        return bare?.Length == Prefix.Length + LocatorSymbols && bare.StartsWith(Prefix, StringComparison.Ordinal)
            ? Symbols(bare[Prefix.Length..], LocatorSymbols)
            : Symbols(bare, LocatorSymbols);
    }

    /// <summary>The 26 symbols of a secret; null when the text is none.</summary>
    public static string? TryReadSecret(string? text) => Symbols(Bare(text), SecretSymbols);

    private static string? Bare(string? text) =>
        text is null || text.Length > 2 * SecretSymbols
            ? null
            : new string([.. text.Where(symbol => symbol is not ('-' or ' ')).Select(char.ToUpperInvariant)]);

    private static string? Symbols(string? bare, int count)
    {
        if (bare?.Length != count)
        {
            return null;
        }

        var read = string.Concat(bare.Select(symbol => symbol switch { 'O' => '0', 'I' or 'L' => '1', _ => symbol }));
        return read.All(symbol => Alphabet.Contains(symbol, StringComparison.Ordinal)) ? read : null;
    }
}
