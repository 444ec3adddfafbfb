using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Core;
using P2P.Server.Core.Outside;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>What requests may say, what a delivery says, and how it is signed.</summary>
internal static class WebhookRules
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const char CursorSeparator = '|';

    /// <summary>Every event that a stream can hold: the durable methods of all clients.</summary>
    public static FrozenSet<string> Types { get; } = typeof(IConnectionClient).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface)
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(EventHead))
        .Select(method => method.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    public static void Check(CreateWebhookRequest request, IReadOnlyList<IPNetwork> allowed)
    {
        if (OutsideRules.WhyNot(request.Url, Limits.WebhookUrlCharsMax, allowed) is { } why)
        {
            throw Bad(why, "url");
        }

        if (request.Audience == WebhookAudience.Unknown)
        {
            throw Bad("There is no such audience.", "audience");
        }

        if (request.Types is { } types)
        {
            if (types.Count is 0 or > Limits.WebhookTypesMax || types.Distinct(StringComparer.Ordinal).Count() != types.Count)
            {
                throw Bad($"Choose 1 to {Limits.WebhookTypesMax} types, each once, or leave types out for all.", "types");
            }

            if (!types.All(type => type is not null && Types.Contains(type)))
            {
                throw Bad($"There is no such event: the types are {string.Join(", ", Types.Order(StringComparer.Ordinal))}.", "types");
            }
        }

        if (request.AfterSeq is < 0)
        {
            throw Bad("Numbers of events are never negative.", "afterSeq");
        }
    }

    public static void Check(RotateWebhookSecretRequest request)
    {
        if (request.OverlapHours is < 0 or > Limits.WebhookOverlapHoursMax)
        {
            throw Bad($"The former secret is good for 0 to {Limits.WebhookOverlapHoursMax} hours more.", "overlapHours");
        }
    }

    /// <summary>The stream that an audience names.</summary>
    public static string StreamOf(WebhookAudience audience) => audience switch
    {
        WebhookAudience.Trade => Audience.Trade,
        WebhookAudience.Dealer => Audience.Dealer,
        _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, "Checked before."),
    };

    public static WebhookAudience AudienceOf(string stream) => stream switch
    {
        Audience.Trade => WebhookAudience.Trade,
        Audience.Dealer => WebhookAudience.Dealer,
        _ => WebhookAudience.Unknown,
    };

    /// <summary>A cursor is good for the list of one webhook and one filter.</summary>
    public static string Cursor(ListWebhookDeliveriesRequest request, Guid last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(CursorSeparator, ListOf(request), last.ToString("N"))));

    /// <summary>Id of the last row seen; null on the first page.</summary>
    public static Guid? Before(ListWebhookDeliveriesRequest request)
    {
        if (request.Cursor is not { } cursor)
        {
            return null;
        }

        if (cursor.Length <= Limits.CursorCharsMax && Base64Url.IsValid(cursor))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            var list = ListOf(request) + CursorSeparator;
            if (text.StartsWith(list, StringComparison.Ordinal) && Guid.TryParseExact(text[list.Length..], "N", out var id))
            {
                return id;
            }
        }

        throw Bad("The cursor belongs to another list: begin again without one.", "cursor");
    }

    /// <summary>As many events as one body bears, at least one.</summary>
    public static IReadOnlyList<EventRow> Fitting(IReadOnlyList<EventRow> events)
    {
        var chars = 0;
        var count = events.TakeWhile((row, at) => (chars += row.Body.Length) <= Limits.EventPageBytesMax || at == 0).Count();
        return count == events.Count ? events : [.. events.Take(count)];
    }

    /// <summary>
    /// Names what is sent, so that a repeat has the same name. It names the last event too: a repeat that carries more has another.
    /// </summary>
    public static string IdOf(Guid webhookId, IReadOnlyList<EventRow> events, long upTo) => events.Count > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{webhookId:N}.{events[0].Seq}-{events[^1].Seq}")
        : string.Create(CultureInfo.InvariantCulture, $"{webhookId:N}.lost-{upTo}");

    /// <summary>The body of a delivery: a <see cref="WebhookDelivery"/>, with the bodies of events byte for byte as the stream keeps them.</summary>
    public static byte[] Body(WebhookPlace place, IReadOnlyList<EventRow> events, long upTo, bool eventsLost, bool test)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("webhookId", place.Id);
            json.WriteString("audience", place.Audience);
            json.WriteString("epoch", place.Epoch);
            json.WriteNumber("previousSeq", place.DeliveredSeq);
            json.WriteNumber("upToSeq", upTo);
            if (eventsLost)
            {
                json.WriteBoolean("eventsLost", true);
            }

            if (test)
            {
                json.WriteBoolean("test", true);
            }

            json.WriteStartArray("events");
            foreach (var row in events)
            {
                json.WriteStartObject();
                json.WriteStartObject("head");
                json.WriteString("eventId", row.EventId);
                json.WriteNumber("seq", row.Seq);
                json.WriteString("at", WireJson.Spell(row.At));
                json.WriteEndObject();
                json.WriteString("type", row.Type);
                json.WritePropertyName("body");
                json.WriteRawValue(row.Body, skipInputValidation: true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The header of signatures: one by each secret, parted by spaces; a receiver takes a delivery when any of them is right.</summary>
    public static string Signatures(IEnumerable<byte[]> secrets, string id, long timestamp, byte[] body) =>
        string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(Sign(secret, id, timestamp, body))}"));

    /// <summary>Failing for so long that the webhook is stopped.</summary>
    public static bool IsHopeless(DateTimeOffset? failingSince, DateTimeOffset now, int days) =>
        failingSince is { } since && now - since >= TimeSpan.FromDays(days);

    private static byte[] Sign(byte[] secret, string id, long timestamp, byte[] body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    private static string ListOf(ListWebhookDeliveriesRequest request) => $"{request.WebhookId:N}{(request.FailedOnly is true ? "f" : "a")}";

    private static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
