using System.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Server.Core;

/// <summary>An expected "no": the only exception whose text reaches a client.</summary>
public sealed class Refused(Reason reason) : Exception(reason.Message)
{
    public Refused(string code, string message, params ReadOnlySpan<(string Key, string Value)> details)
        : this(Because(code, message, details))
    {
    }

    /// <summary>Code, sentence and details.</summary>
    public Reason Reason => reason;

    public string Code => reason.Code;

    /// <summary>A reason, for rules that name all of them.</summary>
    public static Reason Because(string code, string message, params ReadOnlySpan<(string Key, string Value)> details)
    {
        Dictionary<string, string>? map = null;
        foreach (var (key, value) in details)
        {
            (map ??= []).Add(key, value);
        }

        return new Reason { Code = code, Message = message, Details = map };
    }

    /// <summary>A transient refusal: the same request may be repeated after a while.</summary>
    public static Refused Transient(string code, string message, int retryAfterMs) =>
        new(code, message, (RetryAfterMs, retryAfterMs.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The detail that transient refusals carry; the only one that is written as a number.</summary>
    public const string RetryAfterMs = "retryAfterMs";

    /// <summary>The text of the hub exception.</summary>
    public string ToWire() => RefusalText.Write(reason.Code, reason.Message, DetailsJson(reason.Details));

    /// <summary>Details as a JSON object; <c>{}</c> without any.</summary>
    public static string DetailsJson(IReadOnlyDictionary<string, string>? details)
    {
        if (details is null || details.Count == 0)
        {
            return "{}";
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (key, value) in details)
            {
                json.WritePropertyName(key);
                if (key == RetryAfterMs)
                {
                    json.WriteRawValue(value);
                }
                else
                {
                    json.WriteStringValue(value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
