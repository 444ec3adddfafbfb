using System.Text.Json;
using System.Text.Json.Nodes;

namespace P2P.Codegen;

/// <summary>JSON schemas of what crosses the wire, in the words that OpenAPI 3.1 and AsyncAPI 3 share.</summary>
internal sealed class JsonSchemas(XmlDocs docs)
{
    private const string Place = "#/components/schemas/";
    private readonly SortedDictionary<string, JsonNode> _named = new(StringComparer.Ordinal);

    /// <summary>The schemas that were referred to so far, by name.</summary>
    public JsonObject Named => new(_named.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value.DeepClone())));

    /// <summary>The schema of a type: messages and enums are named and referred to.</summary>
    public JsonNode Of(Type type, bool isNullable = false)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        return (underlying ?? type, isNullable || underlying is not null) switch
        {
            (var t, var nullable) when t == typeof(bool) => Plain("boolean", nullable),
            (var t, var nullable) when t == typeof(int) => Plain("integer", nullable, "int32"),
            (var t, var nullable) when t == typeof(long) => Plain("integer", nullable, "int64"),
            (var t, var nullable) when t == typeof(string) => Plain("string", nullable),
            (var t, var nullable) when t == typeof(Guid) => Plain("string", nullable, "uuid"),
            (var t, var nullable) when t == typeof(DateTimeOffset) => Plain("string", nullable, "date-time"),
            (var t, var nullable) when t == typeof(DateOnly) => Plain("string", nullable, "date"),
            (var t, var nullable) when t == typeof(decimal) => Amount(nullable),
            (var t, _) when t == typeof(JsonElement) => new JsonObject(),
            (var t, var nullable) when WireTypes.ElementOf(t) is { } element => With(Plain("array", nullable), "items", Of(element)),
            (var t, var nullable) when WireTypes.ValueOf(t) is { } value => With(Plain("object", nullable), "additionalProperties", Of(value)),
            (var t, var nullable) => OrNull(Refer(t), nullable),
        };
    }

    /// <summary>How a message or an enum is named here.</summary>
    public static string NameOf(Type type) => type.IsGenericType
        ? $"{TypeScriptNames.Bare(type)}Of{string.Concat(type.GetGenericArguments().Select(NameOf))}"
        : type.Name;

    /// <summary>How comments name a member: as the wire has it.</summary>
    public static string Spell(char kind, string type, string member) => (kind, type) switch
    {
        ('T', _) => type,
        ('F', "ErrorCodes") => TypeScriptNames.Upper(member),
        ('F', "Limits") => $"Limits.{member}",
        ('M', _) => member,
        _ => $"{type}.{WireTypes.Camel(member)}",
    };

    private JsonObject Refer(Type type)
    {
        var name = NameOf(type);
        if (!_named.ContainsKey(name))
        {
            // Put there first: a message may hold messages of its own kind.
            _named[name] = new JsonObject();
            _named[name] = type.IsEnum ? Enum(type) : Message(type);
        }

        return new JsonObject { ["$ref"] = Place + name };
    }

    private JsonObject Enum(Type type)
    {
        var values = System.Enum.GetNames(type).Where(name => name != "Unknown").ToList();
        return new JsonObject
        {
            ["type"] = "string",
            ["description"] = docs.Summary(type, Spell) + string.Concat(values.Select(name =>
                $"\n- `{WireTypes.Camel(name)}`: {docs.Summary(type.GetField(name) ?? throw new InvalidOperationException(name), Spell)}")),
            ["enum"] = new JsonArray([.. values.Select(name => (JsonNode)WireTypes.Camel(name))]),
        };
    }

    private JsonObject Message(Type type)
    {
        var members = WireTypes.MembersOf(type);
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["description"] = string.Join("\n\n", new[] { docs.Summary(type, Spell), docs.Remarks(type, Spell) }.Where(text => text.Length > 0)),
            ["properties"] = new JsonObject(members.Select(member =>
                KeyValuePair.Create(member.Name, (JsonNode?)Described(Of(member.Type, member.IsNullable), docs.Summary(member.Property, Spell))))),
        };
        var required = members.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name).ToArray();
        return required.Length > 0 ? With(schema, "required", new JsonArray(required)) : schema;
    }

    private static JsonNode Described(JsonNode schema, string says)
    {
        if (schema is JsonObject { Count: > 0 } plain && plain.ContainsKey("$ref"))
        {
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        }

        return says.Length > 0 ? With((JsonObject)schema, "description", says) : schema;
    }

    private static JsonObject Amount(bool isNullable) => With(
        With(Plain("string", isNullable), "pattern", "^-?[0-9]{1,20}(\\.[0-9]{1,8})?$"), "examples", new JsonArray("0.5"));

    private static JsonObject Plain(string type, bool isNullable, string? format = null)
    {
        var schema = new JsonObject { ["type"] = isNullable ? new JsonArray(type, "null") : type };
        return format is null ? schema : With(schema, "format", format);
    }

    private static JsonObject OrNull(JsonObject schema, bool isNullable) =>
        isNullable ? new JsonObject { ["oneOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) } : schema;

    private static JsonObject With(JsonObject schema, string name, JsonNode value)
    {
        schema[name] = value;
        return schema;
    }
}
