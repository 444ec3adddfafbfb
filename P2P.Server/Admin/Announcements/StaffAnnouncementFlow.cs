using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Accounts.Announcements;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Admin.Announcements;

/// <summary>What staff tell everybody; each node's feed brings it to whoever is connected.</summary>
public sealed class StaffAnnouncementFlow(Database database, RequestLog requests)
{
    private const int AuditCharsMax = 200;

    public Task<StaffAnnouncement> Announce(StaffCaller staff, AnnounceRequest request, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        var texts = AnnouncementRules.Texts(request);
        return requests.Once(
            staff.Caller, nameof(IAdminHub.Announce), request, change => Announce(change, staff.Actor, request, texts, why), cancellation);
    }

    public Task<StaffAnnouncement> End(StaffCaller staff, EndAnnouncementRequest request, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        return requests.Once(
            staff.Caller,
            nameof(IAdminHub.EndAnnouncement),
            request,
            async change =>
            {
                var row = await AnnouncementSql.End(change.Tx, request.AnnouncementId)
                    ?? throw new Refused(ErrorCodes.NotFound, "There is no such announcement, or it has ended.");
                await StaffSql.Audit(change.Tx, staff.Actor, "announcement.end", $"announcement:{row.Id}", "shown", "ended", why);
                return ViewOf(row);
            },
            cancellation);
    }

    public async Task<Page<StaffAnnouncement>> List(ListAllAnnouncementsRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Id(request.Cursor);
        var rows = (await database.Read(tx => AnnouncementSql.List(tx, before, size + 1), cancellation)).ToList();
        return new Page<StaffAnnouncement>
        {
            Items = [.. rows.Take(size).Select(ViewOf)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].Id) : null,
        };
    }

    private static async Task<StaffAnnouncement> Announce(
        Change change, StaffActor actor, AnnounceRequest request, IReadOnlyList<AnnouncementText> texts, string why)
    {
        await AnnouncementSql.Lock(change.Tx);
        var now = await change.Now();
        var (from, until) = AnnouncementRules.Times(request, now);
        if (await AnnouncementSql.CountLive(change.Tx) >= AnnouncementFlow.ShownMax)
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"{AnnouncementFlow.ShownMax} announcements have not ended: end one first.",
                ("quota", "announcements"),
                ("limit", AnnouncementFlow.ShownMax.ToString(CultureInfo.InvariantCulture)));
        }

        var row = new AnnouncementRow
        {
            Id = Ids.New(),
            Severity = request.Severity.ToString(),
            Texts = AnnouncementViews.Spell(texts),
            FromAt = from,
            UntilAt = until,
            MadeBy = actor.Name,
            MadeAt = now,
        };
        await AnnouncementSql.Insert(change.Tx, row);
        var title = texts.First(text => text.Language == NotificationLanguage.English).Title;
        var told = $"{row.Severity} until {WireJson.Spell(until)}: {title}";
        await StaffSql.Audit(
            change.Tx,
            actor,
            "announcement.make",
            $"announcement:{row.Id}",
            null,
            told.Length <= AuditCharsMax ? told : told[..AuditCharsMax],
            why);
        return ViewOf(row);
    }

    private static StaffAnnouncement ViewOf(AnnouncementRow row) => new()
    {
        Announcement = AnnouncementViews.Of(row),
        By = row.MadeBy,
        At = row.MadeAt,
        EndedAt = row.EndedAt,
    };
}
