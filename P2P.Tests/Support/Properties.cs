using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace P2P.Tests.Support;

/// <summary>Randomised tests: each prints its seed, and P2P_SEED runs it again.</summary>
public static class Properties
{
    private const ulong Gamma = 0x9E37_79B9_7F4A_7C15; // Odd, as the generator asks.

    /// <summary>The seed of this run.</summary>
    public static ulong Seed { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("P2P_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var given)
            ? given
            : (ulong)Random.Shared.NextInt64();

    /// <summary>A generator of this run's seed.</summary>
    public static Random Randomness(string purpose)
    {
        TestContext.Out.WriteLine($"{purpose}: P2P_SEED={Seed}");
        return new Random(unchecked((int)(Seed ^ (Seed >> 32))));
    }

    /// <summary>True in the nightly run, whose figures are greater.</summary>
    public static bool IsNightly => Environment.GetEnvironmentVariable("P2P_NIGHTLY") is not null;

    /// <summary>Runs a property on so many cases; a failure is shrunk and told with its seed.</summary>
    public static void Hold<T>(string name, Gen<T> cases, int count, Action<T> property) => Hold(name, cases.ToArbitrary(), count, property);

    /// <inheritdoc cref="Hold{T}(string, Gen{T}, int, Action{T})"/>
    public static void Hold<T>(string name, Arbitrary<T> cases, int count, Action<T> property)
    {
        var ran = 0;
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None)));
        TestContext.Out.WriteLine($"{name}: {count} cases, P2P_SEED={Seed}");
        Check.One(config, Prop.ForAll(cases, value =>
        {
            ran++;
            property(value);
        }));
        ran.ShouldBeGreaterThanOrEqualTo(count, name);
    }
}
