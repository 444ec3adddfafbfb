using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using P2P.Contracts;

namespace P2P.Tests.Shape;

/// <summary>The contract as one text: hubs, clients, messages, enums and codes, each in a fixed order.</summary>
internal static class ContractSnapshot
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly JsonSerializerOptions Spelling = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write()
    {
        var types = typeof(Limits).Assembly.GetExportedTypes().OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        return JsonSerializer.Serialize(
            new
            {
                ContractVersion = Limits.ContractVersion,
                Hubs = Interfaces(types, "Hub"),
                Clients = Interfaces(types, "Client"),
                Messages = types.Where(IsMessage).ToDictionary(Name, MembersOf),
                Enums = types.Where(type => type.IsEnum).ToDictionary(type => type.Name, Enum.GetNames),
                Codes = typeof(ErrorCodes).GetFields().Select(field => (string?)field.GetRawConstantValue()).Order(StringComparer.Ordinal),
            },
            Spelling) + "\n";
    }

    /// <summary>Hubs and clients with everything that they inherit: what matters is what crosses the wire.</summary>
    private static Dictionary<string, Dictionary<string, string>> Interfaces(IEnumerable<Type> types, string suffix) =>
        types.Where(type => type.IsInterface && type.Name.EndsWith(suffix, StringComparison.Ordinal)).ToDictionary(
            type => type.Name,
            type => type.GetInterfaces().Append(type).SelectMany(one => one.GetMethods())
                .OrderBy(method => method.Name, StringComparer.Ordinal)
                .ToDictionary(method => method.Name, Spell));

    private static bool IsMessage(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Length > 0;

    private static Dictionary<string, string> MembersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(
            property => JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            property => (IsRequired(property) ? "required " : "") + Spell(property.PropertyType, Nullability.Create(property)));

    private static bool IsRequired(PropertyInfo property) =>
        property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null;

    private static string Spell(MethodInfo method)
    {
        var parameters = method.GetParameters()
            .Select(parameter => $"{Spell(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}");
        return $"({string.Join(", ", parameters)}) -> {Spell(method.ReturnType, Nullability.Create(method.ReturnParameter))}";
    }

    private static string Spell(Type type, NullabilityInfo nullability)
    {
        var mark = nullability.ReadState == NullabilityState.Nullable ? "?" : "";
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsGenericType
            ? $"{Name(type)}<{string.Join(", ", type.GetGenericArguments().Select((argument, i) => Argument(argument, nullability, i)))}>{mark}"
            : Name(type) + mark;
    }

    private static string Argument(Type argument, NullabilityInfo of, int i) =>
        i < of.GenericTypeArguments.Length ? Spell(argument, of.GenericTypeArguments[i]) : Name(argument);

    private static string Name(Type type) => type.IsGenericType ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;
}
