using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace P2P.Codegen;

/// <summary>A member of a message, as the wire has it.</summary>
/// <param name="Property">The property that it is.</param>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">Its type, without the question mark.</param>
/// <param name="IsNullable">It may be null.</param>
/// <param name="IsRequired">It has to be there.</param>
internal sealed record WireMember(PropertyInfo Property, string Name, Type Type, bool IsNullable, bool IsRequired);

/// <summary>The types that cross the wire: messages, and enums with their names there.</summary>
internal static class WireTypes
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Every message and enum that these hubs and their clients speak of, by name.</summary>
    public static IReadOnlyList<Type> ReachableFrom(IEnumerable<HubContract> hubs)
    {
        var found = new HashSet<Type>();
        foreach (var method in hubs.SelectMany(hub => hub.Calls.Concat(hub.ClientMethods)))
        {
            Visit(AnswerOf(method), found);
            foreach (var parameter in method.GetParameters())
            {
                Visit(parameter.ParameterType, found);
            }
        }

        return [.. found.OrderBy(type => type.Name, StringComparer.Ordinal)];
    }

    /// <summary>What a call answers; <c>void</c> when nothing.</summary>
    public static Type AnswerOf(MethodInfo call) =>
        call.ReturnType.IsGenericType ? call.ReturnType.GetGenericArguments()[0] : typeof(void);

    /// <summary>A name as the wire spells it.</summary>
    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>True for our own records.</summary>
    public static bool IsMessage(Type type) =>
        type is { IsClass: true } && type.Namespace?.StartsWith("P2P.Contracts", StringComparison.Ordinal) == true;

    /// <summary>The members of a message in the order of their declaration.</summary>
    public static IReadOnlyList<WireMember> MembersOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "EqualityContract").Select(Read)];

    /// <summary>The element's type of a list; null for anything else.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>The type of a dictionary's values; its keys are texts. Null for anything else.</summary>
    public static Type? ValueOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments()[1] : null;

    /// <summary>True when a parameter may be null.</summary>
    public static bool IsNullable(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || (!parameter.ParameterType.IsValueType && Nullability.Create(parameter).WriteState == NullabilityState.Nullable);

    private static WireMember Read(PropertyInfo property)
    {
        var underlying = Nullable.GetUnderlyingType(property.PropertyType);
        var isNullable = underlying is not null
            || (!property.PropertyType.IsValueType && Nullability.Create(property).ReadState == NullabilityState.Nullable);
        var isRequired = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        return new WireMember(property, Camel(property.Name), underlying ?? property.PropertyType, isNullable, isRequired);
    }

    private static void Visit(Type type, HashSet<Type> found)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        foreach (var argument in type.GetGenericArguments())
        {
            Visit(argument, found);
        }

        if (type.IsEnum)
        {
            found.Add(type);
        }
        else if (IsMessage(type) && !type.IsGenericParameter)
        {
            var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            if (found.Add(open))
            {
                foreach (var member in MembersOf(open))
                {
                    Visit(member.Type, found);
                }
            }
        }
    }
}
