using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Admin.Announcements;

/// <summary>What may be announced.</summary>
public static class AnnouncementRules
{
    private const int TitleCharsMax = 100;
    private const int TextCharsMax = 1_000;
    private static readonly TimeSpan AheadMax = TimeSpan.FromDays(90);

    /// <summary>The texts as they are kept: each language once, English among them.</summary>
    public static IReadOnlyList<AnnouncementText> Texts(AnnounceRequest request)
    {
        Check(request.Severity != AnnouncementSeverity.Unknown, "There is no such severity.", "severity");
        Check(request.Texts.All(text => text.Language != NotificationLanguage.Unknown), "There is no such language.", "texts");
        Check(
            request.Texts.Select(text => text.Language).Distinct().Count() == request.Texts.Count,
            "An announcement has one text in each language.",
            "texts");
        Check(
            request.Texts.Any(text => text.Language == NotificationLanguage.English),
            "An announcement has an English text: it is shown where no other fits.",
            "texts");
        return [.. request.Texts.OrderBy(text => text.Language).Select(Clean)];
    }

    /// <summary>From when to when it is shown.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) Times(AnnounceRequest request, DateTimeOffset now)
    {
        var from = request.From is { } asked && asked > now ? asked : now;
        Check(request.Until > from, "The end lies in the future and after the beginning.", "until");
        Check(request.Until <= now + AheadMax, "The end is at most 90 days away.", "until");
        return (from.ToUniversalTime(), request.Until.ToUniversalTime());
    }

    private static AnnouncementText Clean(AnnouncementText text) => text with
    {
        Title = CleanText.Line(text.Title) is { Length: <= TitleCharsMax } title
            ? title
            : throw Bad($"A title has 1 to {TitleCharsMax} characters.", "texts"),
        Text = CleanText.Block(text.Text) is { Length: <= TextCharsMax } body
            ? body
            : throw Bad($"A text has 1 to {TextCharsMax} characters.", "texts"),
    };

    private static void Check(bool holds, string sentence, string path)
    {
        if (!holds)
        {
            throw Bad(sentence, path);
        }
    }

    private static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
