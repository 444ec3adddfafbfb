using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Server.Accounts.Files.Store;

/// <summary>AWS Signature Version 4, as every S3-compatible store checks it.</summary>
public static class S3Signature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "s3";

    /// <summary>Adds time, payload hash and signature to a request without a query.</summary>
    /// <param name="request">Every header that it has by now is signed.</param>
    /// <param name="settings">Region and keys.</param>
    /// <param name="payloadHash">SHA-256 of the body, in hexadecimal digits.</param>
    /// <param name="at">The time of the request.</param>
    public static void Sign(HttpRequestMessage request, S3Settings settings, string payloadHash, DateTimeOffset at)
    {
        var uri = request.RequestUri ?? throw new InvalidOperationException("A request to sign has an address.");
        var time = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Add("x-amz-date", time);
        request.Headers.Add("x-amz-content-sha256", payloadHash);
        var headers = request.Headers
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value).Trim()))
            .Append(("host", uri.Authority))
            .OrderBy(header => header.Item1, StringComparer.Ordinal)
            .ToList();
        var names = string.Join(';', headers.Select(header => header.Item1));
        var canonical = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append(uri.AbsolutePath).Append('\n')
            .Append('\n')
            .AppendJoin("", headers.Select(header => $"{header.Item1}:{header.Item2}\n")).Append('\n')
            .Append(names).Append('\n')
            .Append(payloadHash)
            .ToString();
        var scope = $"{time[..8]}/{settings.Region}/{Service}/aws4_request";
        var hashed = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var key = Key(settings.SecretKey ?? "", time[..8], settings.Region, Service);
        var signature = Convert.ToHexStringLower(Hmac(key, $"{Algorithm}\n{time}\n{scope}\n{hashed}"));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Credential={settings.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    /// <summary>The key of a day, a region and a service.</summary>
    public static byte[] Key(string secret, string day, string region, string service) =>
        Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), day), region), service), "aws4_request");

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
