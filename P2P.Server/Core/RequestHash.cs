using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using P2P.Contracts;

namespace P2P.Server.Core;

/// <summary>
/// SHA-256 of a request in its canonical form: the call's name, then the record as the server itself would write it. Two spellings of one wish
/// (1.50 and 1.5, members in another order) have one hash.
/// </summary>
public static class RequestHash
{
    public static byte[] Of<T>(string call, T request)
        where T : notnull
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(call));
        hash.AppendData("|"u8);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Server));
        return hash.GetHashAndReset();
    }
}
