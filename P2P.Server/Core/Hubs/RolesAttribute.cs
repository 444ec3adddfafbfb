namespace P2P.Server.Core.Hubs;

/// <summary>The roles that a hub method serves: a caller with none of them is refused before anything else is looked at.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RolesAttribute(params string[] roles) : Attribute
{
    public IReadOnlyList<string> Roles => roles;
}
