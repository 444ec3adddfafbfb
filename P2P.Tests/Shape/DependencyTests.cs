using System.Reflection;
using System.Runtime.CompilerServices;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Db;
using P2P.Server;

namespace P2P.Tests.Shape;

/// <summary>Who may know whom, read from the compiled code.</summary>
public sealed class DependencyTests
{
    // From the ground up; who stands higher may know who stands lower. Trading and Dealers stand side by side and never name each other.
    private static readonly string[][] Layers =
    [
        ["P2P.Contracts"],
        ["P2P.Db"],
        ["P2P.Server.Core"],
        ["P2P.Server.Realtime"],
        ["P2P.Server.Accounts"],
        ["P2P.Server.Deals"],
        ["P2P.Server.Trading", "P2P.Server.Dealers"],
        ["P2P.Server.Admin"],
    ];

    private static readonly Assembly Server = typeof(ServerApp).Assembly;

    private static IEnumerable<Type> OurTypes =>
        new[] { typeof(Limits).Assembly, typeof(Database).Assembly, Server }.SelectMany(assembly => assembly.GetTypes());

    [Test]
    public void No_layer_knows_a_higher_one()
    {
        var wrong = OurTypes
            .Where(type => AreaOf(type) is not null)
            .SelectMany(type => TypeUses.TypesOf(type).Where(used => Forbids(AreaOf(type)!, AreaOf(used))) // Not null: filtered above.
                .Select(used => $"{TypeUses.Outermost(type).FullName} knows {TypeUses.Outermost(used).FullName}"));
        wrong.Distinct().ShouldBeEmpty();
    }

    [Test]
    public void Every_layer_is_seen()
    {
        // A rule over nothing would hold for ever.
        var seen = OurTypes.Select(AreaOf).Distinct().ToList();
        foreach (var area in new[] { "P2P.Contracts", "P2P.Db", "P2P.Server.Core", "P2P.Server.Realtime", "P2P.Server.Accounts" })
        {
            seen.ShouldContain(area);
        }

        TypeUses.TypesOf(typeof(P2P.Server.Trading.TradeHub)).ShouldContain(typeof(P2P.Server.Core.Caller));
    }

    [Test]
    public void Contracts_and_Sdk_reference_no_other_part()
    {
        OurReferences(typeof(Limits).Assembly).ShouldBeEmpty();
        OurReferences(typeof(Database).Assembly).ShouldBeSubsetOf(["P2P.Contracts"]);
        OurReferences(typeof(P2PClient).Assembly).ShouldBe(["P2P.Contracts"]);
    }

    [Test]
    public void Rules_know_no_database_no_clock_no_chance_and_wait_for_nothing()
    {
        var rules = OurTypes.Where(type => TypeUses.Outermost(type).Name.EndsWith("Rules", StringComparison.Ordinal)).ToList();
        rules.Count.ShouldBeGreaterThan(10);
        var wrong = rules.SelectMany(type => TypeUses.TypesOf(type).Where(IsImpure)
            .Select(used => $"{TypeUses.Outermost(type).FullName} uses {used.FullName}")
            .Concat(TypeUses.MembersOf(type).Where(ReadsClockOrChance)
                .Select(member => $"{TypeUses.Outermost(type).FullName} reads {member.DeclaringType?.Name}.{member.Name}")));
        wrong.Distinct().ShouldBeEmpty();
    }

    [Test]
    public void Only_Sql_classes_speak_to_the_database()
    {
        var wrong = OurTypes
            .Where(type => type.Assembly != typeof(Database).Assembly)
            .Where(type => !MaySpeakSql(TypeUses.Outermost(type).Name))
            .SelectMany(type => TypeUses.MembersOf(type).Where(IsStatement)
                .Select(member => $"{TypeUses.Outermost(type).FullName} calls {member.DeclaringType?.Name}.{member.Name}"));
        wrong.Distinct().ShouldBeEmpty();
    }

    [Test]
    public void No_money_is_a_binary_fraction()
    {
        Type[] binary = [typeof(double), typeof(float), typeof(double?), typeof(float?)];
        var money = OurTypes.Where(type =>
            type.Assembly == typeof(Limits).Assembly || AreaOf(type) is "P2P.Server.Deals" or "P2P.Server.Trading" or "P2P.Server.Dealers");
        var wrong = money.SelectMany(type =>
            type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => binary.Contains(field.FieldType)).Select(field => $"{type.FullName}.{field.Name}")
                .Concat(TypeUses.MethodsOf(type).Where(method =>
                        (method is MethodInfo info && binary.Contains(info.ReturnType))
                        || method.GetParameters().Any(parameter => binary.Contains(parameter.ParameterType))
                        || (method.GetMethodBody()?.LocalVariables ?? []).Any(local => binary.Contains(local.LocalType)))
                    .Select(method => $"{type.FullName}.{method.Name}")));
        wrong.Distinct().ShouldBeEmpty();
    }

    private static string? AreaOf(Type type)
    {
        var space = TypeUses.Outermost(type).Namespace ?? "";
        return Layers.SelectMany(layer => layer)
            .FirstOrDefault(area => space == area || space.StartsWith(area + ".", StringComparison.Ordinal));
    }

    private static bool Forbids(string from, string? to) => to is not null && from != to && Height(to) >= Height(from);

    private static int Height(string area) => Array.FindIndex(Layers, layer => layer.Contains(area));

    private static IEnumerable<string> OurReferences(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(name => name.Name ?? "").Where(name => name.StartsWith("P2P.", StringComparison.Ordinal));

    private static bool IsImpure(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        || typeof(IAsyncStateMachine).IsAssignableFrom(type)
        || typeof(TimeProvider).IsAssignableFrom(type)
        || typeof(Random).IsAssignableFrom(type)
        || type == typeof(System.Diagnostics.Stopwatch)
        || type.Namespace is { } space
            && (space.StartsWith("P2P.Db", StringComparison.Ordinal)
                || space.StartsWith("Npgsql", StringComparison.Ordinal)
                || space.StartsWith("Dapper", StringComparison.Ordinal));

    private static bool ReadsClockOrChance(MemberInfo member) => (member.DeclaringType?.Name, member.Name) is
        (nameof(DateTime) or nameof(DateTimeOffset), "get_Now" or "get_UtcNow" or "get_Today")
        or (nameof(Environment), "get_TickCount" or "get_TickCount64")
        or (nameof(Guid), nameof(Guid.NewGuid) or nameof(Guid.CreateVersion7));

    /// <summary>The engine's connection and script are its statements' own transport.</summary>
    private static bool MaySpeakSql(string name) =>
        name.EndsWith("Sql", StringComparison.Ordinal) || name is "EngineConnection" or "Script";

    private static bool IsStatement(MemberInfo member) =>
        (member.DeclaringType == typeof(Tx) && member.Name is "Query" or "One" or "Scalar" or "Execute")
        || member.DeclaringType?.Namespace == "Dapper"
        || member.DeclaringType?.Name is "NpgsqlCommand" or "NpgsqlBatch" or "NpgsqlBatchCommand" or "NpgsqlBinaryImporter";
}
