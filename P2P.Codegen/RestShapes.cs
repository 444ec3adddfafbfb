using System.Text.Json.Nodes;

namespace P2P.Codegen;

/// <summary>
/// Reads objects that are written as <c>id: uuid; name?: string?; rows: Row[]</c>: a question mark behind the name says that the member may be
/// absent, one behind the type that it may be null.
/// </summary>
internal static class RestShapes
{
    /// <summary>The schema of an object.</summary>
    public static JsonObject Of(string members)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var (name, isOptional, type) in Members(members))
        {
            properties[name] = TypeOf(type);
            if (!isOptional)
            {
                required.Add(name);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    /// <summary>Members one by one.</summary>
    public static IEnumerable<(string Name, bool IsOptional, string Type)> Members(string members) =>
        members.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(member => member.Split(": "))
            .Select(parts => (parts[0].TrimEnd('?'), parts[0].EndsWith('?'), parts[1]));

    /// <summary>The schema of a type.</summary>
    public static JsonObject TypeOf(string type)
    {
        var isNullable = type.EndsWith('?');
        var bare = type.TrimEnd('?');
        if (bare.EndsWith("[]", StringComparison.Ordinal))
        {
            return With(Plain("array", isNullable), "items", TypeOf(bare[..^2]));
        }

        return bare switch
        {
            "any" => [],
            "bool" => Plain("boolean", isNullable),
            "string" or "number" => Plain(bare, isNullable),
            "int" => With(Plain("integer", isNullable), "format", "int32"),
            "long" => With(Plain("integer", isNullable), "format", "int64"),
            "uuid" => With(Plain("string", isNullable), "format", "uuid"),
            "time" => With(Plain("string", isNullable), "format", "date-time"),
            "day" => With(Plain("string", isNullable), "format", "date"),
            "amount" => With(Plain("string", isNullable), "pattern", "^-?[0-9]{1,20}(\\.[0-9]{1,8})?$"),
            _ when RestPaths.Shapes.ContainsKey(bare) => new JsonObject { ["$ref"] = $"#/components/schemas/{bare}" },
            _ => throw new InvalidOperationException($"No shape is called {bare}."),
        };
    }

    private static JsonObject Plain(string type, bool isNullable) => new() { ["type"] = isNullable ? new JsonArray(type, "null") : type };

    private static JsonObject With(JsonObject schema, string name, JsonNode value)
    {
        schema[name] = value;
        return schema;
    }
}
