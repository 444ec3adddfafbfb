using System.Text;

namespace P2P.Codegen;

/// <summary>
/// Writes the table of what a hub's clients hear: each method with the types of its arguments, and for durable ones the type of the event's
/// body.
/// </summary>
internal static class CSharpClientMethods
{
    /// <summary>Writes the table of one hub.</summary>
    public static OutputFile Write(HubContract hub)
    {
        var types = new CSharpTypes();
        var body = new StringBuilder();
        body.Append("/// <summary>What clients of <see cref=\"").Append(types.Name(hub.Hub)).Append("\"/> hear.</summary>\n");
        body.Append("internal static class ").Append(hub.Name).Append("ClientMethods\n{\n");
        body.Append("    /// <summary>Every method, by name.</summary>\n");
        body.Append("    public static IReadOnlyList<ClientMethod> All { get; } =\n    [\n");
        foreach (var method in hub.ClientMethods)
        {
            var parameters = method.GetParameters().Select(parameter => parameter.ParameterType).ToList();
            var kind = HubContract.IsDurable(method) ? $"Durable<{types.Name(parameters[1])}>" : "Message";
            body.Append("        ClientMethod.").Append(kind).Append("(\"").Append(method.Name).Append('"');
            foreach (var parameter in parameters.Skip(HubContract.IsDurable(method) ? 2 : 0))
            {
                body.Append(", typeof(").Append(types.Name(parameter)).Append(')');
            }

            body.Append("),\n");
        }

        body.Append("    ];\n}\n");
        var head = types.FileHead(CSharpProxy.Namespace, "P2P.Client.Sdk.Connecting");
        return new OutputFile($"{CSharpProxy.Folder}/{hub.Name}ClientMethods.g.cs", head + body);
    }
}
