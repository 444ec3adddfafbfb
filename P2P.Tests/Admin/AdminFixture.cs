using P2P.Client.Sdk;
using P2P.Contracts.Admin;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>Tests with members of staff, who come by their own hub.</summary>
public abstract class AdminFixture : MarketFixture
{
    private readonly List<P2PAdminClient> _staff = [];

    [OneTimeTearDown]
    public async Task Send_the_staff_home()
    {
        foreach (var client in _staff)
        {
            await client.DisposeAsync();
        }
    }

    /// <summary>A member of staff who has not connected yet.</summary>
    protected P2PAdminClient Staff(string name, params string[] roles)
    {
        var client = new P2PAdminClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(),
            TokenProvider = _ => ValueTask.FromResult(Market.Token(name, roles)),
        });
        _staff.Add(client);
        return client;
    }

    protected async Task<P2PAdminClient> Connected(params string[] roles)
    {
        var client = Staff(NewName("staff"), roles);
        await client.ConnectAsync(Bounded);
        return client;
    }

    protected Task<P2PAdminClient> Admin() => Connected(StaffRoles.Admin);
}
