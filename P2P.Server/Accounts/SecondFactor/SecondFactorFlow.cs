using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>
/// A user's own second factor. Answers that hold secrets are kept in the request log sealed, so that a repeat gets the same answer and the
/// log tells nothing.
/// </summary>
public sealed class SecondFactorFlow(
    Database database, RequestLog requests, SecondFactorGate gate, SecondFactorVault vault, SecondFactorSettings settings)
{
    public Task<SecondFactorStatus> Get(Caller caller, CancellationToken cancellation) =>
        database.Read(async tx => await Status(tx, caller.UserId, await RequestSql.Now(tx)), cancellation);

    public async Task<SecondFactorSetup> Begin(Caller caller, BeginSecondFactorRequest request, CancellationToken cancellation)
    {
        var answer = await requests.Once(
            caller, nameof(ISecondFactorCalls.BeginSecondFactor), request, change => Begin(change, caller, request.RequestId), cancellation);
        return Open<SecondFactorSetup>(caller, request, answer);
    }

    public async Task<RecoveryCodes> Confirm(Caller caller, ConfirmSecondFactorRequest request, CancellationToken cancellation)
    {
        var given = SecondFactorRules.Parse(request.Code, "code") is { IsRecovery: false } code
            ? code
            : throw new Refused(ErrorCodes.BadInput, "A second factor is confirmed with the six digits of the app.", ("path", "code"));
        await gate.EnsurePending(caller, request.RequestId, given, cancellation);
        var answer = await requests.Once(
            caller,
            nameof(ISecondFactorCalls.ConfirmSecondFactor),
            request with { Code = "" },
            change => Confirm(change, caller, request.RequestId),
            cancellation);
        return Open<RecoveryCodes>(caller, request, answer);
    }

    public async Task<RecoveryCodes> Renew(Caller caller, RenewRecoveryCodesRequest request, CancellationToken cancellation)
    {
        await gate.Ensure(caller, request, cancellation);
        var answer = await requests.Once(
            caller,
            nameof(ISecondFactorCalls.RenewRecoveryCodes),
            request with { SecondFactorCode = null },
            async change =>
            {
                await EnsureProven(change.Tx, caller.UserId, request.RequestId);
                await change.Now();
                change.Tell(SecondFactorEvents.Of(caller.UserId, SecondFactorChange.RecoveryCodesRenewed, isSet: true));
                return await NewCodes(change.Tx, caller.UserId, request.RequestId);
            },
            cancellation);
        return Open<RecoveryCodes>(caller, request, answer);
    }

    public async Task<SecondFactorStatus> Remove(Caller caller, RemoveSecondFactorRequest request, CancellationToken cancellation)
    {
        await gate.Ensure(caller, request, cancellation);
        return await requests.Once(
            caller,
            nameof(ISecondFactorCalls.RemoveSecondFactor),
            request with { SecondFactorCode = null },
            async change =>
            {
                await EnsureProven(change.Tx, caller.UserId, request.RequestId);
                await SecondFactorSql.Remove(change.Tx, caller.UserId);
                var now = await change.Now();
                change.Tell(SecondFactorEvents.Of(caller.UserId, SecondFactorChange.Removed, isSet: false));
                return await Status(change.Tx, caller.UserId, now);
            },
            cancellation);
    }

    private async Task<SealedAnswer> Begin(Change change, Caller caller, Guid requestId)
    {
        EnsureOffered();
        var secret = RandomNumberGenerator.GetBytes(SecondFactorRules.SecretBytes);
        var now = await change.Now();
        var expiresAt = now.AddMinutes(Limits.SecondFactorSetupMinutes);
        var closed = vault.Seal(secret, SecondFactorVault.ForSecret(caller.UserId));
        if (await SecondFactorSql.Begin(change.Tx, caller.UserId, closed, now, expiresAt) == 0)
        {
            throw AlreadySet();
        }

        await SecondFactorSql.ForgetUses(change.Tx, caller.UserId);
        var text = Base32.Encode(secret);
        var name = await SecondFactorSql.NameOf(change.Tx, caller.UserId) ?? caller.UserId.ToString(CultureInfo.InvariantCulture);
        return Seal(
            caller.UserId,
            requestId,
            new SecondFactorSetup { Secret = text, Uri = SecondFactorRules.Uri(settings.Issuer, name, text), ExpiresAt = expiresAt });
    }

    private async Task<SealedAnswer> Confirm(Change change, Caller caller, Guid requestId)
    {
        EnsureOffered();
        var factor = await SecondFactorSql.Lock(change.Tx, caller.UserId);
        var now = await change.Now();
        if (factor?.IsSet == true)
        {
            throw AlreadySet();
        }

        // What the door did not see, because it was begun just now, is confirmed by nothing.
        if (factor is null || factor.ExpiresAt <= now || !await SecondFactorSql.IsProven(change.Tx, caller.UserId, requestId))
        {
            throw new Refused(ErrorCodes.SecondFactorNotSet, "There is no second factor to confirm, or its time is over: begin again");
        }

        await SecondFactorSql.Confirm(change.Tx, caller.UserId, now);
        change.Tell(SecondFactorEvents.Of(caller.UserId, SecondFactorChange.Set, isSet: true));
        return await NewCodes(change.Tx, caller.UserId, requestId);
    }

    /// <summary>A factor that is set, and a code that the door has taken for this request.</summary>
    private async Task EnsureProven(Tx tx, long userId, Guid requestId)
    {
        EnsureOffered();
        if (await SecondFactorSql.Lock(tx, userId) is not { IsSet: true } || !await SecondFactorSql.IsProven(tx, userId, requestId))
        {
            throw new Refused(ErrorCodes.SecondFactorNotSet, "You have set no second factor");
        }
    }

    private async Task<SealedAnswer> NewCodes(Tx tx, long userId, Guid requestId)
    {
        var codes = Enumerable.Range(0, Limits.RecoveryCodesMax)
            .Select(_ => SecondFactorRules.Spell(RandomNumberGenerator.GetBytes(SecondFactorRules.RecoveryBytes)))
            .ToList();
        await SecondFactorSql.RemoveRecovery(tx, userId);
        await SecondFactorSql.InsertRecovery(
            tx, userId, [.. codes.Select(code => SecondFactorRules.HashOf(SecondFactorRules.Parse(code, "code")!))]); // Made just now, so it is one.
        return Seal(userId, requestId, new RecoveryCodes { Codes = codes });
    }

    private async Task<SecondFactorStatus> Status(Tx tx, long userId, DateTimeOffset now)
    {
        var factor = await SecondFactorSql.Find(tx, userId);
        return new SecondFactorStatus
        {
            Offered = vault.IsOffered,
            IsSet = factor?.IsSet == true,
            SetAt = factor?.ConfirmedAt,
            RecoveryCodesLeft = factor?.IsSet == true ? await SecondFactorSql.CountRecovery(tx, userId) : 0,
            LockedUntil = factor?.IsSet == true ? SecondFactorRules.LockedUntil(factor.Wrong, now) : null,
        };
    }

    private void EnsureOffered()
    {
        if (!vault.IsOffered)
        {
            throw new Refused(ErrorCodes.SecondFactorNotOffered, "This server offers no second factor");
        }
    }

    private SealedAnswer Seal<T>(long userId, Guid requestId, T answer)
    {
        var closed = vault.Seal(
            JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Server), SecondFactorVault.ForAnswer(userId, requestId));
        return new SealedAnswer { KeyId = closed.KeyId, Bytes = closed.Bytes };
    }

    private T Open<T>(Caller caller, IChange request, SealedAnswer answer)
    {
        var plain = vault.Open(new SealedBytes(answer.KeyId, answer.Bytes), SecondFactorVault.ForAnswer(caller.UserId, request.RequestId))
            ?? throw new Refused(ErrorCodes.SecondFactorNotOffered, "The server no longer has the key of this answer: begin again");
        return JsonSerializer.Deserialize<T>(plain, WireJson.Server) ?? throw new InvalidOperationException("A sealed answer is null.");
    }

    private static Refused AlreadySet() => new(ErrorCodes.SecondFactorSet, "You have set a second factor: remove it first");

    /// <summary>What the request log keeps of an answer that holds secrets.</summary>
    private sealed record SealedAnswer
    {
        public required string KeyId { get; init; }

        public required byte[] Bytes { get; init; }
    }
}
