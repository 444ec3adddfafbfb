using P2P.Contracts.Accounts;
using P2P.Db;

namespace P2P.Server.Accounts.Announcements;

/// <summary>Reads what the house tells everybody.</summary>
public sealed class AnnouncementFlow(Database database)
{
    /// <summary>Announcements that are shown at once.</summary>
    public const int ShownMax = 5;

    public async Task<IReadOnlyList<AnnouncementView>> Shown(CancellationToken cancellation) =>
        [.. (await database.Read(tx => AnnouncementSql.Shown(tx, ShownMax), cancellation)).Select(AnnouncementViews.Of)];
}
