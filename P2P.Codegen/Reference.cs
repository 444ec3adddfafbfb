using System.Globalization;
using System.Reflection;
using System.Text;
using P2P.Contracts;

namespace P2P.Codegen;

/// <summary>Writes the contract for people: every call and event with its parameters and codes, every message, code and limit.</summary>
internal static class Reference
{
    /// <summary>Writes the document.</summary>
    public static OutputFile Write(IReadOnlyList<HubContract> hubs, XmlDocs docs)
    {
        var text = new StringBuilder(
            """
            # Hubs: every call and event

            Written by `P2P.Codegen` from the comments of `P2P.Contracts`; changes here are lost. The same as documents for machines:
            [asyncapi.json](asyncapi.json) for the hubs, [openapi.json](openapi.json) for the REST calls.

            Codes stand in the order in which they are checked. Amounts are strings (`"0.5"`), ids UUIDs, times UTC (`2026-01-31T12:00:00Z`).
            A member with a question mark may be left out or null. A change is sent once or fifty times under one `requestId` and happens once.


            """);
        foreach (var hub in hubs)
        {
            text.Append("- [").Append(hub.Name).Append(" hub](#").Append(Anchor($"{hub.Name} hub")).Append("): [calls](#")
                .Append(Anchor($"{hub.Name} calls")).Append("), [events](#").Append(Anchor($"{hub.Name} events")).Append(")\n");
        }

        text.Append("- [Messages](#messages)\n- [Codes](#codes)\n- [Limits](#limits)\n");
        foreach (var hub in hubs)
        {
            Write(text, hub, docs);
        }

        text.Append("\n## Messages\n");
        foreach (var type in WireTypes.ReachableFrom(hubs))
        {
            Write(text, type, docs);
        }

        Rows(text, "Codes", "code", docs.Remarks(typeof(ErrorCodes), JsonSchemas.Spell), typeof(ErrorCodes), docs, field =>
            $"{field.GetRawConstantValue()}");
        Rows(text, "Limits", "limit", docs.Summary(typeof(Limits), JsonSchemas.Spell), typeof(Limits), docs, field =>
            $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        return new OutputFile($"{AsyncApi.Folder}/hubs.md", text.ToString());
    }

    private static void Write(StringBuilder text, HubContract hub, XmlDocs docs)
    {
        text.Append("\n## ").Append(hub.Name).Append(" hub\n\n").Append(docs.Summary(hub.Hub, JsonSchemas.Spell)).Append("\n\n")
            .Append(docs.Remarks(hub.Hub, JsonSchemas.Spell)).Append("\n\n### ").Append(hub.Name).Append(" calls\n");
        foreach (var call in hub.Calls)
        {
            var answer = WireTypes.AnswerOf(call);
            Write(text, call, docs, HubContract.IsSentOnly(call) ? "Sent only." : answer == typeof(void) ? "" : $"Answers {Spell(answer)}.");
        }

        text.Append("\n### ").Append(hub.Name).Append(" events\n");
        foreach (var heard in hub.ClientMethods)
        {
            Write(text, heard, docs, "");
        }
    }

    private static void Write(StringBuilder text, MethodInfo method, XmlDocs docs, string answer)
    {
        text.Append("\n**`").Append(method.Name).Append('(').Append(string.Join(", ", method.GetParameters().Select(one => one.Name))).Append(")`** ")
            .Append(docs.Summary(method, JsonSchemas.Spell)).Append('\n');
        foreach (var parameter in method.GetParameters())
        {
            var says = docs.Parameter(method, parameter.Name ?? "", JsonSchemas.Spell);
            text.Append("- `").Append(parameter.Name).Append("`: ").Append(Spell(parameter.ParameterType))
                .Append(WireTypes.IsNullable(parameter) ? " or null" : "").Append(says.Length > 0 ? $". {says}" : "").Append('\n');
        }

        foreach (var line in new[] { answer, docs.Remarks(method, JsonSchemas.Spell) }.Where(line => line.Length > 0))
        {
            text.Append("- ").Append(line).Append('\n');
        }
    }

    private static void Write(StringBuilder text, Type type, XmlDocs docs)
    {
        text.Append("\n### ").Append(TypeScriptNames.Bare(type)).Append("\n\n").Append(docs.Summary(type, JsonSchemas.Spell)).Append("\n\n");
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type).Where(name => name != "Unknown"))
            {
                var field = type.GetField(name) ?? throw new InvalidOperationException(name);
                text.Append("- `").Append(WireTypes.Camel(name)).Append("`: ").Append(docs.Summary(field, JsonSchemas.Spell)).Append('\n');
            }

            return;
        }

        text.Append("| member | type | what |\n|---|---|---|\n");
        foreach (var member in WireTypes.MembersOf(type))
        {
            text.Append("| `").Append(member.Name).Append(member.IsRequired ? "" : "?").Append("` | ").Append(Spell(member.Type)).Append(" | ")
                .Append(Cell(docs.Summary(member.Property, JsonSchemas.Spell))).Append(" |\n");
        }
    }

    private static void Rows(
        StringBuilder text, string title, string head, string says, Type constants, XmlDocs docs, Func<FieldInfo, string> name)
    {
        text.Append("\n## ").Append(title).Append("\n\n").Append(says).Append("\n\n| ").Append(head).Append(" | what |\n|---|---|\n");
        foreach (var field in constants.GetFields().Where(field => field.IsLiteral))
        {
            text.Append("| `").Append(name(field)).Append("` | ").Append(Cell(docs.Summary(field, JsonSchemas.Spell))).Append(" |\n");
        }
    }

    private static string Spell(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            { IsGenericParameter: true } => type.Name,
            _ when WireTypes.ElementOf(type) is { } element => $"list of {Spell(element)}",
            _ when WireTypes.ValueOf(type) is { } value => $"{Spell(value)} by name",
            _ when type.IsGenericType =>
                $"[{TypeScriptNames.Bare(type)}](#{Anchor(TypeScriptNames.Bare(type))}) of {Spell(type.GetGenericArguments()[0])}",
            _ when type.IsEnum || WireTypes.IsMessage(type) => $"[{type.Name}](#{Anchor(type.Name)})",
            _ when type == typeof(decimal) => "amount",
            _ when type == typeof(Guid) => "uuid",
            _ when type == typeof(DateTimeOffset) => "time",
            _ when type == typeof(DateOnly) => "day",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "number",
            _ when type == typeof(string) => "text",
            _ => "anything",
        };
    }

    private static string Anchor(string title) => title.ToLowerInvariant().Replace(' ', '-');

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
