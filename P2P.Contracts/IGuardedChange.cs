namespace P2P.Contracts;

/// <summary>
/// A change that a user who has set a second factor confirms with a code: without one it is refused with SECOND_FACTOR_REQUIRED, and then
/// repeated under the same request id. The code is no part of what was asked: a repeat may carry another one, or none once it was decided.
/// </summary>
public interface IGuardedChange : IChange
{
    /// <summary>
    /// Six digits of the user's app, or a recovery code; spaces and dashes do not matter. Left out by users without a second factor.
    /// </summary>
    string? SecondFactorCode { get; }
}
