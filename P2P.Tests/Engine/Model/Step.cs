using FsCheck;
using FsCheck.Fluent;

namespace P2P.Tests.Engine.Model;

/// <summary>What a step of a random sequence does.</summary>
internal enum Verb
{
    Place,
    Move,
    Dispute,
    ChangeTotal,
    Suspend,
    Deposit,
    Withdraw,
    EndWithdrawal,
    OpenOrClose,
    Advance,
    Repeat,
}

/// <summary>One step: three numbers that mean something only to the world they are played in, so that any of them can be left out.</summary>
internal readonly record struct Step(Verb Verb, int Who, int What, int HowMuch)
{
    public const int StepsMax = 60;

    /// <summary>Sequences of up to 60 steps; shrinks by leaving steps out.</summary>
    public static Arbitrary<Step[]> Sequences { get; } = Arb.From(
        from count in Gen.Choose(1, StepsMax)
        from steps in Gen.ArrayOf(One, count)
        select steps,
        Shorter);

    private static Gen<Step> One { get; } =
        from verb in Gen.Frequency(
            (8, Gen.Constant(Verb.Place)),
            (16, Gen.Constant(Verb.Move)),
            (8, Gen.Constant(Verb.Dispute)),
            (1, Gen.Constant(Verb.ChangeTotal)),
            (2, Gen.Constant(Verb.Suspend)),
            (2, Gen.Constant(Verb.Deposit)),
            (2, Gen.Constant(Verb.Withdraw)),
            (2, Gen.Constant(Verb.EndWithdrawal)),
            (1, Gen.Constant(Verb.OpenOrClose)),
            (5, Gen.Constant(Verb.Advance)),
            (2, Gen.Constant(Verb.Repeat)))
        from who in Gen.Choose(0, 999)
        from what in Gen.Choose(0, 999)
        from howMuch in Gen.Choose(0, 999)
        select new Step(verb, who, what, howMuch);

    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (var length = steps.Length / 2; length >= 1; length /= 2)
        {
            for (var from = 0; from + length <= steps.Length; from += length)
            {
                yield return [.. steps[..from], .. steps[(from + length)..]];
            }
        }
    }
}
