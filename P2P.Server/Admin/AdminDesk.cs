using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.Analytics;
using P2P.Server.Admin.Announcements;
using P2P.Server.Admin.Audit;
using P2P.Server.Admin.Catalogue;
using P2P.Server.Admin.Complaints;
using P2P.Server.Admin.Counters;
using P2P.Server.Admin.Disputes;
using P2P.Server.Admin.House;
using P2P.Server.Admin.Ledger;
using P2P.Server.Admin.Merchants;
using P2P.Server.Admin.Moderation;
using P2P.Server.Admin.Orders;
using P2P.Server.Admin.Prices;
using P2P.Server.Admin.Users;
using P2P.Server.Core;

namespace P2P.Server.Admin;

/// <summary>What the admin hub's calls work with.</summary>
public sealed record AdminDesk(
    StaffGate Gate,
    StaffUserFlow Users,
    StaffUserActFlow UserActs,
    StaffOrderFlow Orders,
    StaffDisputeDesk Disputes,
    StaffComplaintFlow Complaints,
    ModerationFlow Moderation,
    HouseFlow House,
    AuditFlow Audit,
    LedgerDesk Ledger,
    CatalogueFlow Catalogue,
    StaffAnnouncementFlow Announcements,
    CounterFlow Counters,
    AnalyticsFlow Analytics,
    StaffMerchantFlow Merchants,
    StaffPriceFlow Prices);

/// <summary>What the calls on the ledger's watch work with.</summary>
public sealed record LedgerDesk(FindingFlow Findings, VerificationFlow Verifications);

/// <summary>A member of staff who calls.</summary>
/// <param name="Caller">The user behind the role.</param>
/// <param name="Actor">How the audit log names them.</param>
/// <param name="IsAdmin">They have the role admin.</param>
public sealed record StaffCaller(Caller Caller, StaffActor Actor, bool IsAdmin);
