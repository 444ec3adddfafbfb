using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using P2P.Contracts;
using P2P.Db;

namespace P2P.Server.Accounts.Notifications.Sending;

/// <summary>What became of an attempt to send.</summary>
/// <param name="Error">Why not; null when it was sent.</param>
/// <param name="Final">Trying again would be of no use.</param>
internal sealed record Attempt(string? Error, bool Final)
{
    public static Attempt Done { get; } = new(null, true);
}

/// <summary>Writes e-mails and hands them to the operator's mail server.</summary>
internal sealed class EmailSender(Database database, SmtpSettings settings)
{
    private const int SaltBytes = 16;
    private const int CodesPossible = 1_000_000;

    private string Where => settings.PreferencesUrl ?? settings.From ?? "";

    /// <summary>Notifications of one user: one, or a digest.</summary>
    public async Task<Attempt> Send(IReadOnlyList<DueRow> rows, CancellationToken cancellation)
    {
        var to = (await database.Read(tx => RecipientSql.Of(tx, [rows[0].UserId]), cancellation))[rows[0].UserId];
        if (to is not { Email: { } email, EmailConfirmed: true })
        {
            return new Attempt("The address is no longer confirmed.", Final: true);
        }

        var notices = rows.Select(row => row.Read<OutgoingNotice>()).ToList();
        var text = notices.Count == 1 ? EmailTexts.Of(to.Language, notices[0], Where) : EmailTexts.Digest(to.Language, notices, Where);
        return await Send(email, text, rows[0].Id, cancellation);
    }

    /// <summary>A code is made when it is sent, so that nothing keeps it in clear; a second attempt sends another.</summary>
    public async Task<Attempt> SendCode(DueRow row, CancellationToken cancellation)
    {
        var email = row.Read<OutgoingCode>().Email;
        var code = RandomNumberGenerator.GetInt32(CodesPossible).ToString("D6", CultureInfo.InvariantCulture);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = EmailRules.Hash(code, salt);
        var set = await database.Write(
            tx => EmailSql.SetCode(tx, row.UserId, email, salt, hash, Limits.EmailCodeMinutes), cancellation);
        if (set == 0)
        {
            return new Attempt("The address was changed or is confirmed.", Final: true);
        }

        var language = (await database.Read(tx => RecipientSql.Of(tx, [row.UserId]), cancellation))[row.UserId].Language;
        return await Send(email, EmailTexts.Code(language, code), row.Id, cancellation);
    }

    private async Task<Attempt> Send(string email, EmailText text, Guid id, CancellationToken cancellation)
    {
        var from = settings.From ?? throw new InvalidOperationException("There is no sender.");
        using var message = new MailMessage(new MailAddress(from, settings.FromName, Encoding.UTF8), new MailAddress(email))
        {
            Subject = text.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = text.Body,
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };

        // The same id at every attempt, so that a mailbox can see a second copy for what it is.
        message.Headers.Add("Message-ID", $"<{id:N}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(
            "List-Unsubscribe", settings.PreferencesUrl is { } page ? $"<{page}>" : $"<mailto:{from}?subject=unsubscribe>");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            using var smtp = new SmtpClient(settings.Host, settings.Port)
            {
                EnableSsl = settings.Tls,
                Credentials = settings.User is null ? null : new NetworkCredential(settings.User, settings.Password),
            };
            await smtp.SendMailAsync(message, time.Token);
            return Attempt.Done;
        }
        catch (SmtpException e)
        {
            // What the mailbox itself refuses for good (550 and its like) is refused tomorrow, too; all else may pass.
            return new Attempt($"{e.StatusCode}: {e.Message}", e is SmtpFailedRecipientException && (int)e.StatusCode is >= 500 and < 600);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or InvalidOperationException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Attempt(e.Message, Final: false);
        }
    }
}
