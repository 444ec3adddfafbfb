using System.Text;

namespace P2P.Codegen;

/// <summary>Spells types, names and comments as TypeScript does.</summary>
internal static class TypeScriptNames
{
    /// <summary>Where generated TypeScript lies.</summary>
    public const string Folder = "web/client/src/generated";

    /// <summary>The first line of every generated file.</summary>
    public const string Mark = "// Written by P2P.Codegen from P2P.Contracts; changes here are lost.\n";

    private const int ColumnsMax = 140;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "boolean",
        [typeof(int)] = "number",
        [typeof(long)] = "number",
        [typeof(decimal)] = "Decimal",
        [typeof(string)] = "string",
        [typeof(Guid)] = "Uuid",
        [typeof(DateTimeOffset)] = "Timestamp",
        [typeof(DateOnly)] = "Day",
        [typeof(System.Text.Json.JsonElement)] = "unknown",
    };

    /// <summary>A type; <paramref name="prefix"/> stands before our own ones.</summary>
    public static string Type(Type type, string prefix = "")
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return char.IsUpper(keyword[0]) ? prefix + keyword : keyword;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (WireTypes.ElementOf(type) is { } element)
        {
            return $"readonly {Type(element, prefix)}[]";
        }

        if (WireTypes.ValueOf(type) is { } value)
        {
            return $"Readonly<Record<string, {Type(value, prefix)}>>";
        }

        return type.IsEnum || WireTypes.IsMessage(type)
            ? prefix + Bare(type) + (type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(one => Type(one, prefix)))}>" : "")
            : throw new InvalidOperationException($"{type} has no name in TypeScript yet.");
    }

    /// <summary>A name without the number of its type parameters.</summary>
    public static string Bare(Type type) => type.Name.Split('`')[0];

    /// <summary>How comments name a member: as the client has it.</summary>
    public static string Spell(char kind, string type, string member) => (kind, type) switch
    {
        ('T', _) => type,
        ('F', "ErrorCodes") => Upper(member),
        ('F', "Limits") => $"limits.{WireTypes.Camel(member)}",
        ('M', _) when type.EndsWith("Client", StringComparison.Ordinal) => member,
        ('M', _) => WireTypes.Camel(member),
        ('P', _) or ('F', _) => $"{type}.{WireTypes.Camel(member)}",
        _ => member,
    };

    /// <summary>A comment of one or more lines before a member.</summary>
    public static string Comment(string indent, params string[] paragraphs)
    {
        var lines = paragraphs.Where(text => text.Length > 0)
            .SelectMany(text => text.Replace("*/", "*\\/", StringComparison.Ordinal).Split('\n'))
            .SelectMany(line => Wrap(line, ColumnsMax - indent.Length - 3)).ToList();
        if (lines is [var only] && only.Length + indent.Length + 7 <= ColumnsMax)
        {
            return $"{indent}/** {only} */\n";
        }

        var text = new StringBuilder($"{indent}/**\n");
        foreach (var line in lines)
        {
            text.Append(indent).Append(" * ").Append(line).Append('\n');
        }

        return text.Append(indent).Append(" */\n").ToString();
    }

    /// <summary>The code that a constant of this name holds.</summary>
    public static string Upper(string name) => typeof(Contracts.ErrorCodes).GetField(name) is { } field
        ? (string?)field.GetRawConstantValue() ?? name
        : name;

    private static IEnumerable<string> Wrap(string text, int columns)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
