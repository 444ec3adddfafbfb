using System.Reflection;
using P2P.Contracts;

namespace P2P.Codegen;

/// <summary>
/// A hub as the contracts describe it: <c>ITradeHub</c> with its calls, and <c>ITradeClient</c> with what its clients hear.
/// </summary>
internal sealed record HubContract(string Name, Type Hub, IReadOnlyList<MethodInfo> Calls, IReadOnlyList<MethodInfo> ClientMethods)
{
    /// <summary>
    /// Every hub of the contracts, by name: an interface called <c>I...Hub</c>, whose client is <c>I...Client</c> beside it.
    /// </summary>
    public static IReadOnlyList<HubContract> FindAll() =>
    [
        .. typeof(EventHead).Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && type.Name.EndsWith("Hub", StringComparison.Ordinal))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>A client method whose first parameter is the event's head tells of a stored event.</summary>
    public static bool IsDurable(MethodInfo method) =>
        method.GetParameters() is [{ } first, _, ..] && first.ParameterType == typeof(EventHead);

    /// <summary>A call whose answer nobody waits for.</summary>
    public static bool IsSentOnly(MethodInfo method) =>
        method.DeclaringType == typeof(IStreamCalls) && method.Name == nameof(IStreamCalls.Ack);

    private static HubContract Read(Type hub)
    {
        var name = hub.Name[1..^"Hub".Length];
        var clientName = $"{hub.Namespace}.I{name}Client";
        var client = hub.Assembly.GetType(clientName)
            ?? throw new InvalidOperationException($"{hub.Name} has no client interface {clientName}.");
        return new HubContract(name, hub, Methods(hub), Methods(client));
    }

    private static List<MethodInfo> Methods(Type type)
    {
        var methods = type.GetInterfaces().Append(type).SelectMany(part => part.GetMethods())
            .OrderBy(method => method.Name, StringComparer.Ordinal).ToList();
        foreach (var method in methods)
        {
            // A hub method is known by its name alone on the wire.
            if (methods.Count(other => other.Name == method.Name) > 1)
            {
                throw new InvalidOperationException($"{type.Name} has two methods {method.Name}.");
            }

            if (!typeof(Task).IsAssignableFrom(method.ReturnType))
            {
                throw new InvalidOperationException($"{type.Name}.{method.Name} does not answer a Task.");
            }
        }

        return methods;
    }
}
