using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>
/// The door of guarded calls: whoever has set a second factor passes with a code of it. It stands before the engine and the request log, so
/// nothing of it is remembered with the request. What it counts is committed before it refuses.
/// </summary>
public sealed class SecondFactorGate
{
    private static readonly TimeSpan UsesKept = TimeSpan.FromDays(2);

    private readonly AccountChanges _changes;
    private readonly SecondFactorVault _vault;
    private readonly ReadCoalescer<long, object> _guarded;

    public SecondFactorGate(Database database, AccountChanges changes, SecondFactorVault vault)
    {
        (_changes, _vault) = (changes, vault);
        _guarded = new(async users => (await database.Read(tx => SecondFactorSql.Guarded(tx, users))).ToDictionary(user => user, _ => (object)""));
    }

    /// <summary>Refuses whoever has set a second factor and shows no code of it that is good for this request.</summary>
    public Task Ensure(Caller caller, IGuardedChange request, CancellationToken cancellation) =>
        Ensure(caller, request.RequestId, Check(request), cancellation);

    /// <summary>As <see cref="Ensure(Caller, IGuardedChange, CancellationToken)"/>, for calls that are no hub's.</summary>
    public async Task Ensure(Caller caller, Guid requestId, GivenCode? given, CancellationToken cancellation)
    {
        if (await _guarded.Get(caller.UserId).WaitAsync(cancellation) is not null)
        {
            await Run(caller, requestId, given, isPending: false, cancellation);
        }
    }

    /// <summary>The same for a secret that waits to be confirmed; without one it says nothing.</summary>
    public Task EnsurePending(Caller caller, Guid requestId, GivenCode given, CancellationToken cancellation) =>
        Run(caller, requestId, given, isPending: true, cancellation);

    /// <summary>The code of a request that can be one, also where nobody asks for it.</summary>
    public static GivenCode? Check(IGuardedChange request) => SecondFactorRules.Parse(request.SecondFactorCode, "secondFactorCode");

    private async Task Run(Caller caller, Guid requestId, GivenCode? given, bool isPending, CancellationToken cancellation)
    {
        var verdict = await _changes.Run(
            async change => new Verdict(await Decide(change, caller.UserId, requestId, given, isPending)), cancellation);
        if (verdict.Refusal is { } reason)
        {
            throw new Refused(reason);
        }
    }

    /// <summary>Why not; null when the call may go on. A factor that went away meanwhile stops nobody: the call's own rules look again.</summary>
    private async Task<Reason?> Decide(Change change, long userId, Guid requestId, GivenCode? given, bool isPending)
    {
        var factor = await SecondFactorSql.Lock(change.Tx, userId);
        var now = await change.Now();
        if (factor is null || factor.IsSet == isPending || (isPending && factor.ExpiresAt <= now)
            || await SecondFactorSql.IsDecided(change.Tx, userId, requestId))
        {
            return null;
        }

        var closed = new SealedBytes(factor.KeyId, factor.Sealed);
        if (_vault.Open(closed, SecondFactorVault.ForSecret(userId)) is not { } secret)
        {
            return Refused.Because(ErrorCodes.SecondFactorNotOffered, "The server lacks the key to check your second factor: ask its operator");
        }

        if (given is null)
        {
            return Refused.Because(ErrorCodes.SecondFactorRequired, "This needs a code of your second factor: repeat it with one");
        }

        if (await WasUsedForThis(change.Tx, userId, requestId, given, secret))
        {
            return null;
        }

        if (SecondFactorRules.LockedUntil(factor.Wrong, now) is { } until)
        {
            return Refused.Because(
                ErrorCodes.SecondFactorLocked, "Too many wrong codes: wait until codes are taken again", ("until", WireJson.Spell(until)));
        }

        return await Use(change, userId, requestId, given, secret, now) switch
        {
            Outcome.Used => Refused.Because(
                ErrorCodes.SecondFactorWrong, "This code was used already: wait for the next one", ("used", "true")),
            Outcome.Wrong => await CountWrong(change.Tx, userId, factor, now),
            _ => await Good(change.Tx, userId, factor, secret, now),
        };
    }

    private static async Task<bool> WasUsedForThis(Tx tx, long userId, Guid requestId, GivenCode given, byte[] secret) =>
        given.IsRecovery
            ? await SecondFactorSql.RecoveryWasUsedFor(tx, userId, SecondFactorRules.HashOf(given), requestId)
            : (await SecondFactorSql.StepsOf(tx, userId, requestId)).Any(step => SecondFactorRules.IsOf(secret, given, step));

    private static async Task<Outcome> Use(
        Change change, long userId, Guid requestId, GivenCode given, byte[] secret, DateTimeOffset now)
    {
        if (!given.IsRecovery)
        {
            return SecondFactorRules.StepOf(secret, given, now) is not { } step ? Outcome.Wrong
                : await SecondFactorSql.Use(change.Tx, userId, step, requestId, now) == 1 ? Outcome.Good
                : Outcome.Used;
        }

        if (await SecondFactorSql.UseRecovery(change.Tx, userId, SecondFactorRules.HashOf(given), requestId, now) == 0)
        {
            return Outcome.Wrong;
        }

        change.Tell(SecondFactorEvents.Of(userId, SecondFactorChange.RecoveryCodeUsed, isSet: true));
        return Outcome.Good;
    }

    private async Task<Reason?> Good(Tx tx, long userId, SecondFactorRow factor, byte[] secret, DateTimeOffset now)
    {
        await SecondFactorSql.ForgetOldUses(tx, userId, now - UsesKept);
        if (_vault.IsOffered && _vault.IsOutdated(factor.KeyId))
        {
            await SecondFactorSql.Reseal(tx, userId, _vault.Seal(secret, SecondFactorVault.ForSecret(userId)));
        }

        return null;
    }

    private static async Task<Reason?> CountWrong(Tx tx, long userId, SecondFactorRow factor, DateTimeOffset now)
    {
        DateTimeOffset[] wrong = [.. SecondFactorRules.Recent(factor.Wrong, now), now];
        await SecondFactorSql.SetWrong(tx, userId, [.. wrong.Select(at => at.UtcDateTime)]);
        var left = (Limits.SecondFactorTriesMax - wrong.Length).ToString(CultureInfo.InvariantCulture);
        return Refused.Because(ErrorCodes.SecondFactorWrong, "The code is wrong", ("triesLeft", left));
    }

    private enum Outcome
    {
        Good,
        Used,
        Wrong,
    }

    private sealed record Verdict(Reason? Refusal);
}
