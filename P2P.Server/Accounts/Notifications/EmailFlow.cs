using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Notifications.Sending;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Notifications;

/// <summary>
/// Confirms that an address is its user's: until then it hears nothing but the code. What is confirmed is the address and not the user, so a
/// changed one begins anew.
/// </summary>
public sealed class EmailFlow(RequestLog requests, NotificationChannels channels)
{
    public async Task<EmailReply> SendCode(Caller caller, SendEmailCodeRequest request, CancellationToken cancellation) =>
        await requests.Once(caller, nameof(INotificationCalls.SendEmailCode), request, change => SendCode(change, caller, request), cancellation);

    /// <summary>A wrong code is an answer and no refusal for the log, because a refusal would take back that it was tried.</summary>
    public async Task<EmailReply> Confirm(Caller caller, ConfirmEmailRequest request, CancellationToken cancellation)
    {
        EmailRules.CheckCode(request.Code);
        var tried = await requests.Once(
            caller, nameof(INotificationCalls.ConfirmEmail), request, change => Try(change, caller, request.Code), cancellation);
        return tried.Refusal is { } reason ? throw new Refused(reason) : new EmailReply { Confirmed = true };
    }

    private async Task<EmailReply> SendCode(Change change, Caller caller, SendEmailCodeRequest request)
    {
        if (!channels.Email)
        {
            throw new Refused(ErrorCodes.EmailNotOffered, "This server sends no e-mails");
        }

        var email = await EmailSql.LockProfile(change.Tx, caller.UserId)
            ?? throw new Refused(ErrorCodes.EmailMissing, "Your profile has no e-mail address");
        var now = await change.Now();
        var state = await EmailSql.Find(change.Tx, caller.UserId);
        if (state?.Email == email && state.ConfirmedAt is not null)
        {
            throw new Refused(ErrorCodes.AlreadyDone, "The address is confirmed already");
        }

        if (EmailRules.AskedTooOften(state, now))
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"At most {Limits.EmailCodesPerHour} codes are sent within an hour",
                ("quota", "emailCodes"),
                ("limit", Limits.EmailCodesPerHour.ToString(CultureInfo.InvariantCulture)));
        }

        await EmailSql.Ask(change.Tx, caller.UserId, email, now);
        var key = string.Create(CultureInfo.InvariantCulture, $"code:{caller.UserId}:{request.RequestId:N}");
        await OutboxSql.Add(
            change.Tx, [new Outgoing(caller.UserId, OutboxChannel.EmailCode, key, new OutgoingCode { Email = email }, now, Digest: false)], now);
        return new EmailReply { Confirmed = false };
    }

    private static async Task<Tried> Try(Change change, Caller caller, string code)
    {
        var email = await EmailSql.LockProfile(change.Tx, caller.UserId)
            ?? throw new Refused(ErrorCodes.EmailMissing, "Your profile has no e-mail address");
        var state = await EmailSql.Find(change.Tx, caller.UserId);
        if (state is null || state.Email != email || !EmailRules.CodeIsAlive(state, await change.Now()))
        {
            throw new Refused(ErrorCodes.CodeExpired, "There is no code that is still good: ask for another");
        }

        if (EmailRules.IsRight(state, code))
        {
            await EmailSql.Confirm(change.Tx, caller.UserId, await change.Now());
            return new Tried();
        }

        await EmailSql.CountTry(change.Tx, caller.UserId);
        var left = (Limits.EmailCodeTriesMax - state.Tries - 1).ToString(CultureInfo.InvariantCulture);
        return new Tried { Refusal = Refused.Because(ErrorCodes.CodeWrong, "The code is wrong", ("triesLeft", left)) };
    }

    /// <summary>What the request log keeps of a try.</summary>
    private sealed record Tried
    {
        public Reason? Refusal { get; init; }
    }
}
