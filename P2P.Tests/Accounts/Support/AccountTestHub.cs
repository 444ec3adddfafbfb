using P2P.Contracts.Accounts;
using P2P.Server.Accounts;

namespace P2P.Tests.Accounts.Support;

/// <summary>The account calls on a hub of their own.</summary>
public sealed class AccountTestHub(AccountDesk desk) : AccountHub<IAccountClient>(desk), IAccountCalls
{
    public const string Path = "/hubs/account-test";

    protected override string Audience => Server.Realtime.Events.Audience.Trade;
}
