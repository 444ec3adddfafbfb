using System.Reflection;
using System.Text;
using P2P.Contracts;

namespace P2P.Codegen;

/// <summary>Writes what a client of one hub can call and hear: typed calls, durable events and signals.</summary>
internal static class TypeScriptHub
{
    /// <summary>Writes the file of one hub.</summary>
    public static OutputFile Write(HubContract hub, XmlDocs docs)
    {
        var name = hub.Name;
        // The connection's own methods and calls are the client's affair.
        var calls = hub.Calls.Where(call => call.DeclaringType != typeof(IStreamCalls)).ToList();
        var heard = hub.ClientMethods.Where(method => method.DeclaringType != typeof(IConnectionClient)).ToList();
        var text = new StringBuilder(TypeScriptNames.Mark);
        text.Append("\nimport type { CallOptions, Invoker } from \"../calls.js\";\nimport type * as t from \"./types.js\";\n\n");
        WriteCalls(text, name, hub, calls, docs);
        WriteHeard(text, $"{name}Events", $"Durable events of a client of the {name.ToLowerInvariant()} hub: heard once each, in order.",
            heard.Where(HubContract.IsDurable), 1, docs);
        WriteHeard(text, $"{name}Signals", $"What a client of the {name.ToLowerInvariant()} hub hears at once or never: the newest alone counts.",
            heard.Where(method => !HubContract.IsDurable(method)), 0, docs);
        WriteNames(text, WireTypes.Camel(name) + "Events", heard.Where(HubContract.IsDurable));
        WriteNames(text, WireTypes.Camel(name) + "Signals", heard.Where(method => !HubContract.IsDurable(method)));
        WriteInvoking(text, name, calls);
        return new OutputFile($"{TypeScriptNames.Folder}/{name.ToLowerInvariant()}.ts", text.ToString());
    }

    private static void WriteCalls(StringBuilder text, string name, HubContract hub, List<MethodInfo> calls, XmlDocs docs)
    {
        text.Append(TypeScriptNames.Comment(
            "", docs.Summary(hub.Hub, TypeScriptNames.Spell), docs.Remarks(hub.Hub, TypeScriptNames.Spell)));
        text.Append("export interface ").Append(name).Append("Calls {\n");
        foreach (var call in calls)
        {
            var parameters = call.GetParameters()
                .Select(parameter => (Name: Name(parameter), Says: docs.Parameter(call, Name(parameter), TypeScriptNames.Spell)))
                .Select(parameter => parameter.Says.Length > 0 ? $"@param {parameter.Name} {parameter.Says}" : "");
            text.Append(TypeScriptNames.Comment(
                "  ", [docs.Summary(call, TypeScriptNames.Spell), docs.Remarks(call, TypeScriptNames.Spell), .. parameters]));
            text.Append("  ").Append(WireTypes.Camel(call.Name)).Append('(').Append(Parameters(call)).Append("): Promise<")
                .Append(TypeScriptNames.Type(WireTypes.AnswerOf(call), "t.")).Append(">;\n");
        }

        text.Append("}\n");
    }

    private static void WriteHeard(
        StringBuilder text, string name, string says, IEnumerable<MethodInfo> methods, int skip, XmlDocs docs)
    {
        text.Append('\n').Append(TypeScriptNames.Comment("", says)).Append("export interface ").Append(name).Append(" {\n");
        foreach (var method in methods)
        {
            text.Append(TypeScriptNames.Comment("  ", docs.Summary(method, TypeScriptNames.Spell)));
            var body = method.GetParameters()[skip];
            text.Append("  ").Append(method.Name).Append(": ").Append(TypeScriptNames.Type(body.ParameterType, "t.")).Append(";\n");
        }

        text.Append("}\n");
    }

    private static void WriteNames(StringBuilder text, string name, IEnumerable<MethodInfo> methods)
    {
        text.Append("\nexport const ").Append(name).Append(" = [\n");
        foreach (var method in methods)
        {
            text.Append("  \"").Append(method.Name).Append("\",\n");
        }

        text.Append("] as const;\n");
    }

    private static void WriteInvoking(StringBuilder text, string name, List<MethodInfo> calls)
    {
        text.Append("\n/** Sends each call through an invoker. */\n");
        text.Append("export function ").Append(WireTypes.Camel(name)).Append("Calls(to: Invoker): ").Append(name).Append("Calls {\n  return {\n");
        foreach (var call in calls)
        {
            var names = call.GetParameters().Select(Name).ToList();
            var verb = IsChange(call) ? "change" : "read";
            var arguments = IsChange(call) ? names[0] : $"[{string.Join(", ", names)}]";
            text.Append("    ").Append(WireTypes.Camel(call.Name)).Append(": (").Append(string.Join(", ", names.Append("options"))).Append(") => to.")
                .Append(verb).Append("(\"").Append(call.Name).Append("\", ").Append(arguments).Append(", options),\n");
        }

        text.Append("  };\n}\n");
    }

    private static bool IsChange(MethodInfo call) =>
        call.GetParameters() is [{ } only] && only.ParameterType.IsAssignableTo(typeof(IChange));

    private static string Parameters(MethodInfo call) => string.Join(", ", call.GetParameters()
        .Select(parameter => $"{Name(parameter)}: {TypeScriptNames.Type(parameter.ParameterType, "t.")}"
            + (WireTypes.IsNullable(parameter) ? " | null" : ""))
        .Append("options?: CallOptions"));

    private static string Name(ParameterInfo parameter) => parameter.Name ?? throw new InvalidOperationException("A parameter has no name.");
}
