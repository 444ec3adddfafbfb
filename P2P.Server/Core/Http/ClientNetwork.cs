using System.Net;
using System.Net.Sockets;

namespace P2P.Server.Core.Http;

/// <summary>What limits by address count: one household has one IPv6 network of 64 bits, not one address.</summary>
public static class ClientNetwork
{
    private const int Ipv6NetworkBytes = 8;

    /// <summary>The IPv4 address, or the IPv6 network; one and the same for callers without an address.</summary>
    public static IPAddress Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <inheritdoc cref="Of(HttpContext)"/>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
