using System.Reflection;
using System.Text;
using P2P.Contracts.Deals;

namespace P2P.Codegen;

/// <summary>
/// Writes the class through which the SDK calls a hub: every call of the contract, each with and without a cancellation token.
/// </summary>
internal static class CSharpProxy
{
    /// <summary>Where generated C# lies.</summary>
    public const string Folder = "P2P.Client.Sdk/Generated";

    /// <summary>The namespace of that folder.</summary>
    public const string Namespace = "P2P.Client.Sdk.Generated";

    private const string SharedName = "IDealHubProxy";

    /// <summary>Writes what the proxies of all hubs with orders have in common, so that one client of rooms or wallets serves each of them.</summary>
    public static OutputFile WriteShared(IReadOnlyList<HubContract> hubs)
    {
        var types = new CSharpTypes();
        var body = new StringBuilder();
        body.Append("/// <summary>Calls that every hub with orders has, sent as they are.</summary>\n");
        body.Append("internal interface ").Append(SharedName).Append("\n{\n");
        var all = hubs.Where(HasOrders).ToList();
        var shared = all[0].Calls.Where(call => all.TrueForAll(hub => call.DeclaringType!.IsAssignableFrom(hub.Hub))); // Declared by an interface.
        body.AppendJoin('\n', shared.Select(call =>
        {
            var parameters = types.Parameters(call);
            return $"    /// <inheritdoc cref=\"{Cref(types, call)}\"/>\n    {types.Name(call.ReturnType)} {call.Name}("
                + $"{parameters}{(parameters.Length > 0 ? ", " : "")}CancellationToken cancellationToken);\n";
        }));
        body.Append("}\n");
        return new OutputFile($"{Folder}/{SharedName}.g.cs", types.FileHead(Namespace) + body);
    }

    /// <summary>Writes the proxy of one hub.</summary>
    public static OutputFile Write(HubContract hub)
    {
        var types = new CSharpTypes();
        var body = new StringBuilder();
        body.Append("/// <summary>Calls of <see cref=\"").Append(types.Name(hub.Hub)).Append("\"/>, sent as they are.</summary>\n");
        body.Append("public sealed class ").Append(hub.Name).Append("HubProxy : ").Append(types.Name(hub.Hub))
            .Append(HasOrders(hub) ? $", {SharedName}" : "").Append('\n');
        body.Append("{\n    private readonly IHubInvoker _invoker;\n\n");
        body.Append("    internal ").Append(hub.Name).Append("HubProxy(IHubInvoker invoker) => _invoker = invoker;\n");
        foreach (var call in hub.Calls)
        {
            WriteCall(body, types, call);
        }

        body.Append("}\n");
        return new OutputFile($"{Folder}/{hub.Name}HubProxy.g.cs", types.FileHead(Namespace, "P2P.Client.Sdk.Connecting") + body);
    }

    private static void WriteCall(StringBuilder body, CSharpTypes types, MethodInfo call)
    {
        var answer = types.Name(call.ReturnType);
        var parameters = types.Parameters(call);
        var names = string.Join(", ", call.GetParameters().Select(parameter => parameter.Name));
        var comma = names.Length > 0 ? ", " : "";
        var result = call.ReturnType.IsGenericType ? $"<{types.Name(call.ReturnType.GetGenericArguments()[0])}>" : "";
        var verb = HubContract.IsSentOnly(call) ? "SendAsync" : "InvokeAsync" + result;

        body.Append("\n    /// <inheritdoc/>\n");
        body.Append("    public ").Append(answer).Append(' ').Append(call.Name).Append('(').Append(parameters).Append(") =>\n");
        body.Append("        ").Append(call.Name).Append('(').Append(names).Append(comma).Append("CancellationToken.None);\n");
        body.Append("\n    /// <inheritdoc cref=\"").Append(Cref(types, call)).Append("\"/>\n");
        body.Append("    public ").Append(answer).Append(' ').Append(call.Name).Append('(').Append(parameters).Append(comma)
            .Append("CancellationToken cancellationToken) =>\n");
        body.Append("        _invoker.").Append(verb).Append("(\"").Append(call.Name).Append("\", [").Append(names)
            .Append("], cancellationToken);\n");
    }

    private static bool HasOrders(HubContract hub) => typeof(IChatCalls).IsAssignableFrom(hub.Hub);

    private static string Cref(CSharpTypes types, MethodInfo call)
    {
        var declared = types.Name(call.DeclaringType!) + "." + call.Name; // A method of an interface has a declaring type.
        var crefTypes = call.GetParameters().Select(parameter => types.Name(parameter.ParameterType).Replace('<', '{').Replace('>', '}'));
        return $"{declared}({string.Join(", ", crefTypes)})";
    }
}
