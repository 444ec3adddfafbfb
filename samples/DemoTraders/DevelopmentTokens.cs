using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DemoTraders;

/// <summary>
/// Signs tokens with the key that a development server keeps in its data folder, so that the demo can play any number of users. Programs of
/// your own get tokens from whoever signs your users in.
/// </summary>
internal sealed class DevelopmentTokens
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly byte[] _key;

    private DevelopmentTokens(byte[] key) => _key = key;

    /// <exception cref="FileNotFoundException">The folder has no key; the message is for people.</exception>
    public static DevelopmentTokens In(string dataFolder)
    {
        var file = Path.Combine(dataFolder, "auth.key");
        return File.Exists(file)
            ? new DevelopmentTokens(Convert.FromBase64String(File.ReadAllText(file).Trim()))
            : throw new FileNotFoundException(
                $"{file} is missing: start a development server first, and name its data folder in P2P_DATA when it is another one.");
    }

    public string Sign(string user)
    {
        var now = DateTimeOffset.UtcNow;
        var head = Part(new { alg = "HS256", typ = "JWT" });
        var claims = Part(new
        {
            sub = user,
            iss = "p2p",
            aud = "p2p",
            iat = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
        });
        var signature = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{head}.{claims}"));
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
