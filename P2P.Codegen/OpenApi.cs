using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using P2P.Contracts;

namespace P2P.Codegen;

/// <summary>Writes the REST paths as OpenAPI 3.1.</summary>
internal static partial class OpenApi
{
    private const string Json = "application/json";

    /// <summary>Writes the document.</summary>
    public static OutputFile Write(XmlDocs docs)
    {
        var paths = new JsonObject();
        foreach (var group in RestPaths.All.GroupBy(path => path.Path))
        {
            paths[group.Key] = new JsonObject(group.Select(path => KeyValuePair.Create(path.Method.ToLowerInvariant(), (JsonNode?)Operation(path))));
        }

        var schemas = new JsonObject(RestPaths.Shapes.Select(shape => KeyValuePair.Create(shape.Key, (JsonNode?)RestShapes.Of(shape.Value))))
        {
            ["ErrorCode"] = ErrorCodesOf(docs),
            ["Refusal"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["success"] = new JsonObject { ["const"] = false },
                    ["error"] = new JsonObject { ["type"] = "string", ["description"] = "A sentence for people." },
                    ["code"] = new JsonObject { ["$ref"] = "#/components/schemas/ErrorCode" },
                },
                ["required"] = new JsonArray("success", "error", "code"),
            },
        };
        return new OutputFile($"{AsyncApi.Folder}/openapi.json", AsyncApi.Spell(new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "P2P REST",
                ["version"] = Limits.ContractVersion.ToString(CultureInfo.InvariantCulture),
                ["description"] =
                    "Members are snake_case; every answer stands in an envelope. Every path can also be refused with UNAUTHENTICATED, FORBIDDEN, "
                    + "SUSPENDED, RATE_LIMITED, TIMEOUT, UNAVAILABLE and INTERNAL; with 429 and 503 comes `Retry-After`.",
                ["license"] = new JsonObject { ["name"] = "As the repository says", ["identifier"] = "LicenseRef-Repository" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "http://localhost:8030" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
                },
                ["responses"] = new JsonObject
                {
                    ["Refusal"] = Response("Refused: `code` says why.", Json, new JsonObject { ["$ref"] = "#/components/schemas/Refusal" }),
                },
                ["schemas"] = schemas,
            },
        }));
    }

    private static JsonObject Operation(RestPath path)
    {
        var operation = new JsonObject
        {
            ["operationId"] = Id(path),
            ["summary"] = path.Says,
            ["tags"] = new JsonArray(path.IsOpen ? "health" : path.Path.Split('/')[2]),
        };
        if (path.Codes.Length > 0)
        {
            operation["description"] = $"Codes: {path.Codes}.";
        }

        if (path.IsOpen)
        {
            operation["security"] = new JsonArray();
        }

        var parameters = Parameter().Matches(path.Path).Select(match => InPlace(match.Groups["name"].Value, path.Path))
            .Concat(RestShapes.Members(path.Query).Select(InQuery))
            .Concat(path.Body == "file" ? FileHeaders() : []).ToList();
        if (parameters.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. parameters.Select(parameter => (JsonNode)parameter)]);
        }

        if (path.Body.Length > 0)
        {
            operation["requestBody"] = Body(path.Body);
        }

        operation["responses"] = new JsonObject
        {
            [path.Status.ToString(CultureInfo.InvariantCulture)] = Answer(path.Answer),
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Refusal" },
        };
        return operation;
    }

    private static JsonObject Body(string body) => new()
    {
        ["required"] = body.Split("; ").Any(member => !member.Contains("?: ", StringComparison.Ordinal)),
        ["content"] = new JsonObject
        {
            [body == "file" ? "*/*" : Json] = new JsonObject { ["schema"] = body == "file" ? [] : RestShapes.Of(body) },
        },
    };

    private static JsonObject Answer(string answer)
    {
        if (answer.Contains('/', StringComparison.Ordinal))
        {
            return Response("The content.", answer, []);
        }

        return Response("Done.", Json, new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["success"] = new JsonObject { ["const"] = true },
                ["data"] = RestShapes.Of(answer),
                ["message"] = new JsonObject { ["type"] = "string" },
            },
            ["required"] = new JsonArray("success", "data"),
        });
    }

    private static JsonObject Response(string says, string type, JsonObject schema) => new()
    {
        ["description"] = says,
        ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } },
    };

    private static JsonObject InPlace(string name, string path) => new JsonObject
    {
        ["name"] = name,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = RestShapes.TypeOf(path.Contains("/profiles/", StringComparison.Ordinal) ? "long" : "uuid"),
    };

    private static JsonObject InQuery((string Name, bool IsOptional, string Type) member) => new JsonObject
    {
        ["name"] = member.Name,
        ["in"] = "query",
        ["required"] = !member.IsOptional,
        ["schema"] = RestShapes.TypeOf(member.Type),
    };

    private static IEnumerable<JsonObject> FileHeaders() =>
    [
        Header("X-File-Name", "What the file is called, percent-encoded."),
        Header("X-File-Encrypted", "`1` for what was encrypted for the other party: kept as it is."),
    ];

    private static JsonObject Header(string name, string says) => new()
    {
        ["name"] = name,
        ["in"] = "header",
        ["description"] = says,
        ["schema"] = RestShapes.TypeOf("string"),
    };

    private static JsonObject ErrorCodesOf(XmlDocs docs)
    {
        var fields = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static);
        return new JsonObject
        {
            ["type"] = "string",
            ["description"] = "The list only grows." + string.Concat(fields.Select(field =>
                $"\n- `{field.GetRawConstantValue()}`: {docs.Summary(field, JsonSchemas.Spell)}")),
            ["examples"] = new JsonArray([.. fields.Take(3).Select(field => (JsonNode)$"{field.GetRawConstantValue()}")]),
        };
    }

    private static string Id(RestPath path) => path.Method.ToLowerInvariant() + string.Concat(path.Path
        .Split('/', '-', '{', '}', '.').Skip(2).Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Parameter();
}
