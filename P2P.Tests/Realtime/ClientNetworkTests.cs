using System.Net;
using P2P.Server.Core.Http;

namespace P2P.Tests.Realtime;

/// <summary>Whom a limit by address counts as one.</summary>
public sealed class ClientNetworkTests
{
    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [TestCase("2001:db8:1:2:ffff::1", "2001:db8:1:2::")]
    [TestCase("::ffff:192.0.2.7", "192.0.2.7")]
    [TestCase("192.0.2.7", "192.0.2.7")]
    public void An_IPv6_network_of_64_bits_is_one_and_an_IPv4_address_stands_for_itself(string address, string network) =>
        ClientNetwork.Of(IPAddress.Parse(address)).ShouldBe(IPAddress.Parse(network));

    [Test]
    public void Whoever_has_no_address_shares_one() => ClientNetwork.Of((IPAddress?)null).ShouldBe(IPAddress.None);
}
