using System.Net;
using Microsoft.AspNetCore.SignalR;
using P2P.Contracts.Dealers;
using P2P.Server.Accounts;
using P2P.Server.Core.Http;
using P2P.Server.Deals;

namespace P2P.Server.Dealers;

/// <summary>The private network of people who know each other, at <c>/hubs/dealer</c>.</summary>
public sealed partial class DealerHub(AccountDesk desk, DealDesk deals, DealerDesk dealers)
    : DealHub<IDealerClient>(desk, deals), IDealerHub
{
    public const string Path = "/hubs/dealer";

    /// <summary>From where the call comes, as limits by address count it.</summary>
    private IPAddress Network => ClientNetwork.Of(Context.GetHttpContext()?.Connection.RemoteIpAddress);

    protected override string Audience => Realtime.Events.Audience.Dealer;
}
