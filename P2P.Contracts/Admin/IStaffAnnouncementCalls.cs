namespace P2P.Contracts.Admin;

/// <summary>What staff tell everybody.</summary>
public interface IStaffAnnouncementCalls
{
    /// <summary>Tells everybody something, on every node within seconds. Roles: admin, support.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also an end that has passed), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, QUOTA_EXCEEDED (5 that have not
    /// ended).
    /// </remarks>
    Task<StaffAnnouncement> Announce(AnnounceRequest request);

    /// <summary>Takes an announcement back before its time. Roles: admin, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also one that has ended).</remarks>
    Task<StaffAnnouncement> EndAnnouncement(EndAnnouncementRequest request);

    /// <summary>All announcements that ever were, newest first. Roles: admin, arbitrator, support, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffAnnouncement>> ListAllAnnouncements(ListAllAnnouncementsRequest request);
}
