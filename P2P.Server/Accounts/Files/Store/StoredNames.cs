using System.Security.Cryptography;

namespace P2P.Server.Accounts.Files.Store;

/// <summary>Names in the store.</summary>
internal static class StoredNames
{
    private const int Bytes = 16;

    /// <summary>128 random bits as 32 hexadecimal digits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true);

    /// <summary>A path is made of nothing else.</summary>
    public static string Checked(string name) =>
        name.Length == 2 * Bytes && name.All(char.IsAsciiHexDigitLower)
            ? name
            : throw new InvalidOperationException("A stored name is 32 hexadecimal digits.");
}
