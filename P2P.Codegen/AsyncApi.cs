using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;

namespace P2P.Codegen;

/// <summary>Writes the hubs as AsyncAPI 3: an operation for every call and for everything that is heard.</summary>
internal static class AsyncApi
{
    /// <summary>Where the contract lies as documents.</summary>
    public const string Folder = "docs/api";

    private static readonly JsonSerializerOptions Spelling = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
        IndentSize = 1,
    };

    /// <summary>Writes the document.</summary>
    public static OutputFile Write(IReadOnlyList<HubContract> hubs, XmlDocs docs)
    {
        var schemas = new JsonSchemas(docs);
        var (channels, operations, messages) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var hub in hubs)
        {
            foreach (var method in hub.Calls.Concat(hub.ClientMethods))
            {
                Add(channels, operations, messages, hub, method, schemas, docs);
            }
        }

        return new OutputFile($"{Folder}/asyncapi.json", Spell(Document(hubs, channels, operations, messages, schemas, docs)));
    }

    /// <summary>A document as text.</summary>
    public static string Spell(JsonObject document) => document.ToJsonString(Spelling) + "\n";

    private static JsonObject Document(
        IReadOnlyList<HubContract> hubs, JsonObject channels, JsonObject operations, JsonObject messages, JsonSchemas schemas, XmlDocs docs) => new()
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "P2P hubs",
                ["version"] = Version,
                ["description"] =
                "Calls and events over SignalR's JSON protocol: each frame is a JSON object followed by the byte 0x1E, and the first one of each side "
                + "is the handshake `{\"protocol\":\"json\",\"version\":1}`. Connect with `?v=" + Version + "` and, in `access_token`, a JWT or a ticket. "
                + "A refused call is a completion whose `error` ends with `CODE|message|details`, details being a JSON object.",
                ["tags"] = new JsonArray([.. hubs.Select(hub => (JsonNode)new JsonObject
            {
                ["name"] = hub.Name.ToLowerInvariant(),
                ["description"] = $"{docs.Summary(hub.Hub, JsonSchemas.Spell)}\n\n{docs.Remarks(hub.Hub, JsonSchemas.Spell)}",
            })]),
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["p2p"] = new JsonObject { ["host"] = "p2p.example", ["protocol"] = "wss" },
            },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject { ["messages"] = messages, ["schemas"] = schemas.Named },
        };

    private static string Version => Limits.ContractVersion.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A channel of each method's own at its hub's address: readers put a channel into each operation whole.</summary>
    private static void Add(
        JsonObject channels, JsonObject operations, JsonObject messages, HubContract hub, MethodInfo method, JsonSchemas schemas, XmlDocs docs)
    {
        var hubName = hub.Name.ToLowerInvariant();
        var name = $"{hubName}.{method.Name}";
        var isCall = hub.Calls.Contains(method);
        var answers = isCall && !HubContract.IsSentOnly(method);
        var own = new JsonObject { ["call"] = Reference($"#/components/messages/{name}") };
        messages[name] = Invocation(method, schemas, docs, answers);
        var operation = new JsonObject
        {
            ["action"] = isCall ? "receive" : "send",
            ["channel"] = Reference($"#/channels/{name}"),
            ["summary"] = docs.Summary(method, JsonSchemas.Spell),
            ["tags"] = new JsonArray(new JsonObject { ["name"] = hubName }),
            ["messages"] = new JsonArray(Reference($"#/channels/{name}/messages/call")),
        };
        if (docs.Remarks(method, JsonSchemas.Spell) is { Length: > 0 } remarks)
        {
            operation["description"] = remarks;
        }

        if (answers)
        {
            messages[$"{name}.reply"] = Completion(method, schemas);
            own["reply"] = Reference($"#/components/messages/{name}.reply");
            operation["reply"] = new JsonObject
            {
                ["channel"] = Reference($"#/channels/{name}"),
                ["messages"] = new JsonArray(Reference($"#/channels/{name}/messages/reply")),
            };
        }

        channels[name] = new JsonObject { ["address"] = $"/hubs/{hubName}", ["title"] = method.Name, ["messages"] = own };
        operations[name] = operation;
    }

    private static JsonObject Invocation(MethodInfo method, JsonSchemas schemas, XmlDocs docs, bool answers)
    {
        var parameters = method.GetParameters();
        var arguments = new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = parameters.Length,
            ["maxItems"] = parameters.Length,
        };
        if (parameters.Length > 0)
        {
            arguments["items"] = new JsonArray([.. parameters.Select(parameter => (JsonNode)Argument(method, parameter, schemas, docs))]);
        }

        var properties = new JsonObject
        {
            ["type"] = new JsonObject { ["const"] = 1 },
            ["target"] = new JsonObject { ["const"] = method.Name },
            ["arguments"] = arguments,
        };
        var required = new JsonArray("type", "target", "arguments");
        if (answers)
        {
            properties["invocationId"] = new JsonObject { ["type"] = "string" };
            required.Add("invocationId");
        }

        return new JsonObject
        {
            ["name"] = method.Name,
            ["payload"] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required },
        };
    }

    private static JsonObject Argument(MethodInfo method, ParameterInfo parameter, JsonSchemas schemas, XmlDocs docs)
    {
        var schema = schemas.Of(parameter.ParameterType, WireTypes.IsNullable(parameter));
        var says = docs.Parameter(method, parameter.Name ?? "", JsonSchemas.Spell);
        return new JsonObject
        {
            ["allOf"] = new JsonArray(schema),
            ["title"] = parameter.Name,
            ["description"] = says.Length > 0 ? says : parameter.Name,
        };
    }

    private static JsonObject Completion(MethodInfo call, JsonSchemas schemas)
    {
        var properties = new JsonObject
        {
            ["type"] = new JsonObject { ["const"] = 3 },
            ["invocationId"] = new JsonObject { ["type"] = "string" },
            ["error"] = new JsonObject { ["type"] = "string", ["pattern"] = "[A-Z0-9_]+\\|[^|]*\\|\\{.*\\}$" },
        };
        if (WireTypes.AnswerOf(call) is var answer && answer != typeof(void))
        {
            properties["result"] = schemas.Of(answer);
        }

        return new JsonObject
        {
            ["name"] = $"{call.Name}.reply",
            ["payload"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = new JsonArray("type", "invocationId"),
            },
        };
    }

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
