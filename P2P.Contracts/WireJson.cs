using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace P2P.Contracts;

/// <summary>
/// How messages are spelled: camelCase members and enums, times as <c>yyyy-MM-ddTHH:mm:ss.ffffffZ</c>, decimals as strings. Only the server is
/// strict; a client ignores members it does not know, so that servers can be upgraded first.
/// </summary>
public static class WireJson
{
    /// <summary>What a server reads and writes: unknown and doubled members, nulls in the wrong place and numbers for enums are errors.</summary>
    public static JsonSerializerOptions Server { get; } = ApplyServer(new JsonSerializerOptions());

    /// <summary>What a client reads and writes: unknown members are ignored, an unknown enum value reads as the enum's default, nulls are left out.</summary>
    public static JsonSerializerOptions Client { get; } = ApplyClient(new JsonSerializerOptions());

    /// <summary>Sets the server's spelling on existing options.</summary>
    public static JsonSerializerOptions ApplyServer(JsonSerializerOptions options)
    {
        ApplyCommon(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    /// <summary>Sets the client's spelling on existing options.</summary>
    public static JsonSerializerOptions ApplyClient(JsonSerializerOptions options)
    {
        ApplyCommon(options);
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new LenientEnums());
        return options;
    }

    private static void ApplyCommon(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = Limits.JsonDepthMax;
        options.Converters.Add(new Times());
        options.Converters.Add(new Decimals());
    }

    /// <summary>Writes an amount as the wire spells it: no exponent, no trailing zeros.</summary>
    public static string Spell(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Writes a time as the wire spells it, in UTC; the fraction is left out when it is zero.</summary>
    public static string Spell(DateTimeOffset value)
    {
        var utc = value.UtcDateTime;
        var format = utc.Ticks % TimeSpan.TicksPerSecond / 10 == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ";
        return utc.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads an amount: <c>-?\d{1,20}(\.\d{1,8})?</c> and nothing else.</summary>
    public static bool TryReadAmount(string? text, out decimal value)
    {
        value = 0;
        if (text is null or { Length: 0 or > 30 })
        {
            return false;
        }

        var digits = text[0] == '-' ? text.AsSpan(1) : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        return whole.Length is >= 1 and <= 20
            && whole.IndexOfAnyExceptInRange('0', '9') < 0
            && (point < 0 || (fraction.Length is >= 1 and <= Limits.ScaleMax && fraction.IndexOfAnyExceptInRange('0', '9') < 0))
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    private sealed class Times : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value)
                ? value
                : throw new JsonException("A time is written as yyyy-MM-ddTHH:mm:ssZ.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Spell(value));
    }

    private sealed class Decimals : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryReadAmount(reader.GetString(), out var value)
                ? value
                : throw new JsonException("An amount is a string of digits with at most 8 decimals.");

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Spell(value));
    }

    private sealed class LenientEnums : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(LenientEnum<>).MakeGenericType(typeToConvert))!; // Never null for a class.
    }

    private sealed class LenientEnum<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> ByName =
            Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), value => value);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && ByName.TryGetValue(reader.GetString() ?? "", out var value) ? value : default;

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
    }
}
