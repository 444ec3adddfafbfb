using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts.Notifications;

/// <summary>What preferences may say, what holds without them, and when something is sent by them.</summary>
public static class PreferenceRules
{
    private const int DayMinutes = 24 * 60;
    private const int OffsetMinutesMax = 14 * 60;
    private const int OffsetMinutesStep = 15;
    private const int DigestMinute = 8 * 60;

    /// <summary>Every kind that can be chosen.</summary>
    public static IReadOnlyList<NotificationKind> Kinds { get; } =
        [.. Enum.GetValues<NotificationKind>().Where(kind => kind != NotificationKind.Unknown)];

    /// <summary>Everything in the app; e-mails for all but chat and reviews, pushes for all but reviews.</summary>
    public static KindPreference DefaultOf(NotificationKind kind) => new()
    {
        Kind = kind,
        InApp = true,
        Email = kind is not (NotificationKind.MessageReceived or NotificationKind.ReviewReceived or NotificationKind.PaymentWindowExtended),
        Push = kind is not (NotificationKind.ReviewReceived or NotificationKind.PaymentWindowExtended),
    };

    /// <summary>What somebody chose, with the default where nothing was said.</summary>
    public static KindPreference Whole(NotificationKind kind, KindPreference? chosen) =>
        chosen is null ? DefaultOf(kind) : chosen with { Push = chosen.Push ?? DefaultOf(kind).Push };

    public static void Check(SetNotificationPreferencesRequest request)
    {
        if (request.Language == NotificationLanguage.Unknown)
        {
            throw NotificationRules.Bad("There is no such language.", "language");
        }

        if (request.Rhythm == EmailRhythm.Unknown)
        {
            throw NotificationRules.Bad("There is no such rhythm.", "rhythm");
        }

        if (request.QuietHours is { } quiet)
        {
            Check(quiet);
        }

        if (request.Kinds.Any(kind => kind is null || kind.Kind == NotificationKind.Unknown)
            || request.Kinds.DistinctBy(kind => kind.Kind).Count() != request.Kinds.Count)
        {
            throw NotificationRules.Bad("Each kind is one that there is, and is named once.", "kinds");
        }
    }

    /// <summary>When something may be sent that is made now: after the quiet hours, or with the next digest.</summary>
    public static (DateTimeOffset At, bool InDigest) DueAt(
        DateTimeOffset now, NotificationKind kind, EmailRhythm rhythm, QuietHours? quiet)
    {
        if (kind == NotificationKind.SecurityNotice)
        {
            return (now, false);
        }

        var offset = TimeSpan.FromMinutes(quiet?.UtcOffsetMinutes ?? 0);
        var inDigest = rhythm is EmailRhythm.Hourly or EmailRhythm.Daily;
        var at = !inDigest ? now
            : rhythm == EmailRhythm.Hourly ? NextHour(now)
            : NextMinuteOfDay(now, offset, DigestMinute);
        return (quiet is not null && IsQuiet(at, quiet) ? NextMinuteOfDay(at, offset, quiet.ToMinute) : at, inDigest);
    }

    /// <summary>Whether a time lies in the quiet hours; a begin that is the end means never.</summary>
    public static bool IsQuiet(DateTimeOffset at, QuietHours quiet)
    {
        var minute = (int)at.ToOffset(TimeSpan.FromMinutes(quiet.UtcOffsetMinutes)).TimeOfDay.TotalMinutes;
        return quiet.FromMinute <= quiet.ToMinute
            ? minute >= quiet.FromMinute && minute < quiet.ToMinute
            : minute >= quiet.FromMinute || minute < quiet.ToMinute;
    }

    private static void Check(QuietHours quiet)
    {
        if (quiet.FromMinute is < 0 or >= DayMinutes)
        {
            throw NotificationRules.Bad("A minute of the day lies between 0 and 1439.", "quietHours.fromMinute");
        }

        if (quiet.ToMinute is < 0 or >= DayMinutes)
        {
            throw NotificationRules.Bad("A minute of the day lies between 0 and 1439.", "quietHours.toMinute");
        }

        if (quiet.UtcOffsetMinutes is < -OffsetMinutesMax or > OffsetMinutesMax || quiet.UtcOffsetMinutes % OffsetMinutesStep != 0)
        {
            throw NotificationRules.Bad("An offset lies between -840 and 840, in steps of 15.", "quietHours.utcOffsetMinutes");
        }
    }

    private static DateTimeOffset NextHour(DateTimeOffset now)
    {
        var utc = now.ToUniversalTime();
        return new DateTimeOffset(utc.Year, utc.Month, utc.Day, utc.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
    }

    private static DateTimeOffset NextMinuteOfDay(DateTimeOffset after, TimeSpan offset, int minute)
    {
        var local = after.ToOffset(offset);
        var today = new DateTimeOffset(local.Year, local.Month, local.Day, 0, 0, 0, offset).AddMinutes(minute);
        return (today > after ? today : today.AddDays(1)).ToUniversalTime();
    }
}
