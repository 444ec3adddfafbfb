namespace P2P.Contracts.Accounts;

/// <summary>What the house tells everybody.</summary>
public interface IAnnouncementCalls
{
    /// <summary>
    /// All announcements that are shown now, the newest first; at most 5. Call it after connecting:
    /// <see cref="IAccountClient.AnnouncementsChanged"/> tells of later ones only.
    /// </summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<IReadOnlyList<AnnouncementView>> ListAnnouncements();
}
