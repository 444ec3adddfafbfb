using System.Reflection;
using System.Reflection.Emit;

namespace P2P.Tests.Shape;

/// <summary>What a type's compiled code names: the types of its members, and whatever its methods call, read and make.</summary>
internal static class TypeUses
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const byte TwoBytePrefix = 0xfe;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)(field.GetValue(null) ?? throw new InvalidOperationException($"{field.Name} is null.")))
        .ToDictionary(code => code.Value);

    /// <summary>The type that a person wrote: closures and state machines belong to the type around them.</summary>
    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    /// <summary>Every type that this one names.</summary>
    public static HashSet<Type> TypesOf(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        foreach (var one in type.GetInterfaces())
        {
            Add(found, one);
        }

        foreach (var field in type.GetFields(All))
        {
            Add(found, field.FieldType);
        }

        foreach (var method in MethodsOf(type))
        {
            Add(found, (method as MethodInfo)?.ReturnType);
            foreach (var parameter in method.GetParameters())
            {
                Add(found, parameter.ParameterType);
            }

            foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
            {
                Add(found, local.LocalType);
            }
        }

        foreach (var member in MembersOf(type))
        {
            Add(found, member as Type ?? member.DeclaringType);
            Add(found, (member as FieldInfo)?.FieldType);
            Add(found, (member as MethodInfo)?.ReturnType);
            if (member is MethodInfo { IsGenericMethod: true } generic)
            {
                foreach (var argument in generic.GetGenericArguments())
                {
                    Add(found, argument);
                }
            }
        }

        return found;
    }

    /// <summary>Every member that the bodies of this type's methods name.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type) => MethodsOf(type).SelectMany(MembersOf);

    /// <summary>Methods and constructors that are declared here.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type) => [.. type.GetMethods(All), .. type.GetConstructors(All)];

    /// <summary>Every member that one method's body names.</summary>
    public static IEnumerable<MemberInfo> MembersOf(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == TwoBytePrefix ? Codes[(short)((il[at] << 8) | il[at + 1])] : Codes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                && Resolve(method, BitConverter.ToInt32(il, at)) is { } member)
            {
                yield return member;
            }

            at += Length(code.OperandType, il, at);
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static int Length(OperandType type, byte[] il, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private static void Add(HashSet<Type> found, Type? type)
    {
        while (type is { HasElementType: true })
        {
            type = type.GetElementType();
        }

        if (type is null || type.IsGenericParameter || !found.Add(type))
        {
            return;
        }

        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
        {
            Add(found, argument);
        }
    }
}
