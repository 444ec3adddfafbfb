using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.Audit;
using P2P.Server.Admin.House;
using P2P.Server.Admin.Merchants;
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
    HouseFlow House,
    AuditFlow Audit,
    StaffMerchantFlow Merchants,
    StaffPriceFlow Prices);

/// <summary>A member of staff who calls.</summary>
/// <param name="Caller">The user behind the role.</param>
/// <param name="Actor">How the audit log names them.</param>
public sealed record StaffCaller(Caller Caller, StaffActor Actor);
