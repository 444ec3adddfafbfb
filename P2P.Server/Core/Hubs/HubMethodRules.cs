using System.Collections.Concurrent;
using System.Reflection;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>What the filters must know of a hub method, read once from its signature.</summary>
public sealed class HubMethodRules
{
    private static readonly ConcurrentDictionary<MethodInfo, HubMethodRules> Known = new();

    private HubMethodRules(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var nullability = new NullabilityInfoContext();
        Parameters = [.. parameters.Select(parameter => (
            parameter.Name ?? "",
            !parameter.ParameterType.IsValueType && nullability.Create(parameter).WriteState != NullabilityState.Nullable))];
        Roles = method.GetCustomAttribute<RolesAttribute>()?.Roles;
        Class = method.GetCustomAttribute<RateAttribute>()?.Class
            ?? (parameters.Any(parameter => typeof(IChange).IsAssignableFrom(parameter.ParameterType)) ? RateClass.Change
                : method.Name.StartsWith("Search", StringComparison.Ordinal) ? RateClass.Search
                : RateClass.Read);
    }

    /// <summary>The roles that it serves; null where roles do not matter.</summary>
    public IReadOnlyList<string>? Roles { get; }

    /// <summary>Which rate counts.</summary>
    public RateClass Class { get; }

    /// <summary>The parameters, and which of them must not be null.</summary>
    public IReadOnlyList<(string Name, bool MustBeThere)> Parameters { get; }

    public static HubMethodRules Of(MethodInfo method) => Known.GetOrAdd(method, static method => new HubMethodRules(method));
}
