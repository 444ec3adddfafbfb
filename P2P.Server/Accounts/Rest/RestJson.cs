using System.Text.Json;
using System.Text.Json.Serialization;
using P2P.Contracts;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Rest;

/// <summary>How the REST paths spell JSON: snake_case members, numbers as numbers, times in UTC with a Z; as strict as the hubs.</summary>
public static class RestJson
{
    private const int BodyBytesMax = Limits.FrameBytesMax;

    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The body as one record.</summary>
    /// <exception cref="Refused">It is no JSON, or has unknown, doubled or wrong members.</exception>
    public static async Task<T> Read<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body must be JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = BodyBytesMax;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Options, context.RequestAborted)
                ?? throw Bad("");
        }
        catch (JsonException e)
        {
            throw Bad((e.Path ?? "").TrimStart('$').TrimStart('.'));
        }
    }

    /// <summary>The member alone is named: the parser's own sentence would tell of types in this program.</summary>
    private static Refused Bad(string path) =>
        path.Length is 0 or > Limits.PaymentFieldCharsMax
            ? new Refused(ErrorCodes.BadInput, "The body is not the JSON object that this call takes")
            : new Refused(
                ErrorCodes.BadInput,
                $"The body is wrong at {Core.Text.CleanText.Line(path)}: no such member, or not of this type",
                ("path", path));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = null,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = Limits.JsonDepthMax,
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver
            {
                Modifiers = { LeaveOutOfEnvelope },
            },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new Times());
        options.Converters.Add(new Numbers());
        options.Converters.Add(new GivenConverters());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>An envelope has the members of its kind only; inside <c>data</c> every member stands, null or not.</summary>
    private static void LeaveOutOfEnvelope(System.Text.Json.Serialization.Metadata.JsonTypeInfo type)
    {
        if (type.Type == typeof(Envelope))
        {
            foreach (var property in type.Properties)
            {
                property.ShouldSerialize = (_, value) => value is not null;
            }
        }
    }

    private sealed class Times : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value)
                ? value
                : throw new JsonException("A time is written as yyyy-MM-ddTHH:mm:ssZ.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(WireJson.Spell(value));
    }

    private sealed class Numbers : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteRawValue(WireJson.Spell(value));
    }

    private sealed class GivenConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Given<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(
                typeof(GivenConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!; // Never null for a class.
    }

    private sealed class GivenConverter<T> : JsonConverter<Given<T>>
        where T : class
    {
        public override bool HandleNull => true;

        public override Given<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Given.Of(JsonSerializer.Deserialize<T>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Given<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
