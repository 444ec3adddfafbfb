using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts.Announcements;

/// <summary>Announcements as users see them, and their texts as they are kept.</summary>
public static class AnnouncementViews
{
    public static AnnouncementView Of(AnnouncementRow row) => new()
    {
        Id = row.Id,
        Severity = Enum.Parse<AnnouncementSeverity>(row.Severity),
        Texts = JsonSerializer.Deserialize<List<AnnouncementText>>(row.Texts, WireJson.Client)
            ?? throw new InvalidOperationException($"Announcement {row.Id} has no texts."),
        From = row.FromAt,
        Until = row.UntilAt,
    };

    public static string Spell(IReadOnlyList<AnnouncementText> texts) => JsonSerializer.Serialize(texts, WireJson.Client);
}
