using System.Globalization;
using System.Reflection;
using System.Text;
using P2P.Contracts;

namespace P2P.Codegen;

/// <summary>Writes the messages and enums of all hubs, the error codes and the limits.</summary>
internal static class TypeScriptModels
{
    /// <summary>Writes <c>types.ts</c> and <c>codes.ts</c>.</summary>
    public static IEnumerable<OutputFile> Write(IReadOnlyList<HubContract> hubs, XmlDocs docs)
    {
        var types = new StringBuilder(TypeScriptNames.Mark);
        types.Append(
            """

            import type { Decimal } from "../decimal.js";

            /** An id: a UUID as text. */
            export type Uuid = string;

            /** A time in UTC: `2026-01-31T12:00:00Z`, with a fraction of six digits where it has one. */
            export type Timestamp = string;

            /** A day: `2026-01-31`. */
            export type Day = string;

            """);
        foreach (var type in WireTypes.ReachableFrom(hubs))
        {
            types.Append('\n').Append(type.IsEnum ? Enum(type, docs) : Message(type, docs));
        }

        yield return new OutputFile($"{TypeScriptNames.Folder}/types.ts", types.ToString());
        yield return new OutputFile($"{TypeScriptNames.Folder}/codes.ts", TypeScriptNames.Mark + "\n" + Codes(docs) + "\n" + LimitsOf(docs));
    }

    private static string Enum(Type type, XmlDocs docs)
    {
        var text = new StringBuilder(TypeScriptNames.Comment("", docs.Summary(type, TypeScriptNames.Spell)));
        text.Append("export type ").Append(type.Name).Append(" =\n");
        foreach (var name in System.Enum.GetNames(type))
        {
            var field = type.GetField(name) ?? throw new InvalidOperationException($"{type.Name} has no {name}.");
            text.Append(TypeScriptNames.Comment("  ", docs.Summary(field, TypeScriptNames.Spell)));
            text.Append("  | \"").Append(WireTypes.Camel(name)).Append("\"\n");
        }

        return text.ToString().TrimEnd('\n') + ";\n";
    }

    private static string Message(Type type, XmlDocs docs)
    {
        var text = new StringBuilder(
            TypeScriptNames.Comment("", docs.Summary(type, TypeScriptNames.Spell), docs.Remarks(type, TypeScriptNames.Spell)));
        var parameters = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(one => one.Name))}>" : "";
        text.Append("export interface ").Append(TypeScriptNames.Bare(type)).Append(parameters).Append(" {\n");
        foreach (var member in WireTypes.MembersOf(type))
        {
            // The client makes a change's id when the caller names none.
            var isMade = member.Property.Name == nameof(IChange.RequestId) && type.IsAssignableTo(typeof(IChange));
            text.Append(TypeScriptNames.Comment(
                "  ", docs.Summary(member.Property, TypeScriptNames.Spell), isMade ? "Made by the client when it is left out." : ""));
            text.Append("  readonly ").Append(member.Name).Append(member.IsRequired && !isMade ? ": " : "?: ");
            text.Append(TypeScriptNames.Type(member.Type)).Append(member.IsNullable ? " | null" : "").Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Codes(XmlDocs docs)
    {
        var text = new StringBuilder(TypeScriptNames.Comment(
            "", docs.Summary(typeof(ErrorCodes), TypeScriptNames.Spell), docs.Remarks(typeof(ErrorCodes), TypeScriptNames.Spell)));
        text.Append("export type ErrorCode =\n");
        foreach (var field in typeof(ErrorCodes).GetFields())
        {
            text.Append(TypeScriptNames.Comment("  ", docs.Summary(field, TypeScriptNames.Spell)));
            text.Append("  | \"").Append(field.GetRawConstantValue()).Append("\"\n");
        }

        return text.ToString().TrimEnd('\n') + ";\n";
    }

    private static string LimitsOf(XmlDocs docs)
    {
        var text = new StringBuilder(TypeScriptNames.Comment("", docs.Summary(typeof(Limits), TypeScriptNames.Spell)));
        foreach (var field in typeof(Limits).GetFields().Where(field => field.IsLiteral))
        {
            text.Append(TypeScriptNames.Comment("  ", docs.Summary(field, TypeScriptNames.Spell)));
            text.Append("  ").Append(WireTypes.Camel(field.Name)).Append(": ");
            text.Append(Literal(field)).Append(",\n");
        }

        return text.ToString().Insert(text.ToString().IndexOf("*/\n", StringComparison.Ordinal) + 3, "export const limits = {\n")
            + "} as const;\n";
    }

    private static string Literal(FieldInfo field) => field.GetRawConstantValue() switch
    {
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => throw new InvalidOperationException($"{field.Name} is {other}."),
    };
}
