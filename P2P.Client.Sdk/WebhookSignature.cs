using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// Checks at a receiver that a delivery came from the server, unchanged and just now. The signature is HMAC-SHA-256 by the webhook's secret over
/// <c>id.timestamp.body</c>, as Standard Webhooks has it.
/// </summary>
/// <example>
/// <code>
/// var delivery = WebhookSignature.Read(
///     secret, headers[WebhookSignature.IdHeader], headers[WebhookSignature.TimestampHeader], headers[WebhookSignature.SignatureHeader], body);
/// if (delivery is null) return Results.Unauthorized();
/// foreach (var stored in delivery.Events.Where(stored => stored.Head.Seq > lastApplied)) await ApplyAsync(stored);
/// return Results.Ok();
/// </code>
/// </example>
public static class WebhookSignature
{
    /// <summary>The header with the delivery's id.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of sending, in seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signatures: one, or two while a secret is being rotated.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string SecretPrefix = "whsec_";
    private const string VersionPrefix = "v1,";
    private const int SignaturesMax = 8;

    /// <summary>How far the time of sending may be from the receiver's clock, either way: five minutes.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromSeconds(Limits.WebhookToleranceSeconds);

    /// <summary>Whether a delivery is genuine. Anything malformed is not, and never an exception.</summary>
    /// <param name="secret">The webhook's secret, <c>whsec_..</c>.</param>
    /// <param name="id">The header <see cref="IdHeader"/>.</param>
    /// <param name="timestamp">The header <see cref="TimestampHeader"/>.</param>
    /// <param name="signatures">The header <see cref="SignatureHeader"/>.</param>
    /// <param name="body">The body as it was received: before any parsing.</param>
    /// <param name="time">The receiver's clock; the system's when left out.</param>
    /// <exception cref="ArgumentException">The secret is none: the receiver itself is set up wrongly.</exception>
    public static bool Verify(
        string secret, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, TimeProvider? time = null)
    {
        var key = KeyOf(secret);
        if (string.IsNullOrEmpty(id)
            || string.IsNullOrEmpty(signatures)
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !IsNow(seconds, (time ?? TimeProvider.System).GetUtcNow()))
        {
            return false;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        var right = hmac.GetHashAndReset();
        var isRight = false;
        foreach (var signature in signatures.Split(' ', SignaturesMax, StringSplitOptions.RemoveEmptyEntries))
        {
            isRight |= Matches(signature, right);
        }

        return isRight;
    }

    /// <summary>Checks a delivery and reads it.</summary>
    /// <inheritdoc cref="Verify"/>
    /// <returns>Null when it is not genuine: answer 401 and do nothing.</returns>
    public static WebhookDelivery? Read(
        string secret, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, TimeProvider? time = null) =>
        Verify(secret, id, timestamp, signatures, body, time) ? JsonSerializer.Deserialize<WebhookDelivery>(body, WireJson.Client) : null;

    private static byte[] KeyOf(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        try
        {
            return Convert.FromBase64String(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);
        }
        catch (FormatException e)
        {
            throw new ArgumentException("This is no secret of a webhook: it begins with whsec_.", nameof(secret), e);
        }
    }

    private static bool IsNow(long seconds, DateTimeOffset now)
    {
        var tolerance = (long)Tolerance.TotalSeconds;
        var present = now.ToUnixTimeSeconds();
        return seconds >= present - tolerance && seconds <= present + tolerance;
    }

    private static bool Matches(string signature, byte[] right)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signature.StartsWith(VersionPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(signature[VersionPrefix.Length..], given, out var length)
            && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, right);
    }
}
