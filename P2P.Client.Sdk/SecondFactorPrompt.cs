using P2P.Contracts;

namespace P2P.Client.Sdk;

/// <summary>For what a code of the user's second factor is needed.</summary>
public sealed record SecondFactorPrompt
{
    /// <summary>The hub's call, such as <c>ReleaseCrypto</c>.</summary>
    public required string Call { get; init; }

    /// <summary>What is asked for, without a code: show it to the user.</summary>
    public required IGuardedChange Request { get; init; }

    /// <summary>1 for the first code, 2 after a wrong one, and so on, at most 3.</summary>
    public required int Attempt { get; init; }

    /// <summary>Why the server asks: SECOND_FACTOR_REQUIRED, or SECOND_FACTOR_WRONG with <c>triesLeft</c> or <c>used</c>.</summary>
    public required P2PException Because { get; init; }
}
