using System.Security.Cryptography;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>The signing key that development makes for itself and keeps in its data folder.</summary>
internal static class DevelopmentKey
{
    private const string FileName = "auth.key";

    /// <summary>The key of this folder, made when it is missing.</summary>
    public static string In(string dataFolder) =>
        KeyFile.ReadOrMake(Path.Combine(dataFolder, FileName), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
}
