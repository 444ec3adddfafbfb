using P2P.Contracts.Accounts;
using P2P.Server.Accounts;

namespace P2P.Server.Deals;

/// <summary>What every party to an agreement has, whatever is exchanged.</summary>
public abstract partial class DealHub<TClient>(AccountDesk desk, DealDesk deals) : AccountHub<TClient>(desk)
    where TClient : class, IAccountClient;
