using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<IReadOnlyList<AnnouncementView>> ListAnnouncements() => desk.Flows.Announcements.Shown(Aborted);
}
