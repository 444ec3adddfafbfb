using P2P.Contracts.Accounts;

namespace P2P.Contracts.Admin;

/// <summary>Everything that staff hear.</summary>
public interface IAdminClient : IAccountClient, IHouseClient, IStaffCaseClient;
