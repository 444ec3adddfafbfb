using System.Net;
using System.Net.Sockets;

namespace P2P.Server.Core.Outside;

/// <summary>Which addresses that users gave the server may connect to: public ones, and what development names.</summary>
public static class OutsideRules
{
    private const int PortMin = 1_024;
    private const int HttpsPort = 443;

    /// <summary>What reaches no public host, by the registries of special-purpose addresses; IPv6 outside of 2000::/3 comes beside it.</summary>
    public static IReadOnlyList<(IPNetwork Network, string What)> Special { get; } =
    [
        Row("0.0.0.0/8", "this network"),
        Row("10.0.0.0/8", "private use"),
        Row("100.64.0.0/10", "carrier-grade NAT"),
        Row("127.0.0.0/8", "loopback"),
        Row("169.254.0.0/16", "link-local"),
        Row("172.16.0.0/12", "private use"),
        Row("192.0.0.0/24", "protocol assignments"),
        Row("192.0.2.0/24", "documentation"),
        Row("192.31.196.0/24", "AS112"),
        Row("192.52.193.0/24", "AMT"),
        Row("192.88.99.0/24", "6to4 relays"),
        Row("192.168.0.0/16", "private use"),
        Row("192.175.48.0/24", "AS112"),
        Row("198.18.0.0/15", "benchmarking"),
        Row("198.51.100.0/24", "documentation"),
        Row("203.0.113.0/24", "documentation"),
        Row("224.0.0.0/4", "multicast"),
        Row("240.0.0.0/4", "reserved, and broadcast"),
        Row("2001::/23", "protocol assignments, Teredo among them"),
        Row("2001:db8::/32", "documentation"),
        Row("2002::/16", "6to4"),
        Row("2620:4f:8000::/48", "AS112"),
        Row("3fff::/20", "documentation"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>
    /// Whether anybody's public host can be there. IPv6 forms that carry an IPv4 address (mapped, translated, 6to4, Teredo) never are.
    /// </summary>
    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Special.Any(row => row.Network.Contains(address)),
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6
            && address.ScopeId == 0
            && GlobalUnicast.Contains(address)
            && !Special.Any(row => row.Network.Contains(address)),
        _ => false,
    };

    /// <summary>May be connected to: public, or named by the setting of development.</summary>
    public static bool MayReach(IPAddress address, IReadOnlyList<IPNetwork> allowed) =>
        IsPublic(address) || allowed.Any(network => network.Contains(address));

    /// <summary>Why this is no address to send to, as a sentence; null when it may be tried. Where a name leads is seen when it is connected to.</summary>
    public static string? WhyNot(string url, int charsMax, IReadOnlyList<IPNetwork> allowed)
    {
        if (url.Length > charsMax || !url.All(one => one is > ' ' and < '\x7f'))
        {
            return $"An address has at most {charsMax} ASCII characters and no spaces.";
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return "This is no absolute address.";
        }

        var literal = IPAddress.TryParse(uri.IdnHost, out var address) ? address : null;
        var isNamed = literal is not null && allowed.Any(network => network.Contains(literal));
        return uri.Scheme != Uri.UriSchemeHttps && !(isNamed && uri.Scheme == Uri.UriSchemeHttp) ? "An address begins with https://."
            : uri.UserInfo.Length > 0 ? "An address names no user."
            : uri.Fragment.Length > 0 ? "An address has no fragment."
            : !isNamed && uri.Port is not HttpsPort and < PortMin ? "The port is 443 or above 1023."
            : literal is not null && !MayReach(literal, allowed) ? "The address is not public."
            : null;
    }

    private static (IPNetwork Network, string What) Row(string network, string what) => (IPNetwork.Parse(network), what);
}
