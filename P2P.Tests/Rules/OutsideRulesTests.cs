using System.Net;
using P2P.Server.Core.Outside;

namespace P2P.Tests.Rules;

/// <summary>Which addresses are public: the whole table of special-purpose ranges, at both ends and just outside.</summary>
public sealed class OutsideRulesTests
{
    private static readonly IReadOnlyList<IPNetwork> Nothing = [];

    // Beside the table: every IPv6 range of the registry and of old that lies outside of 2000::/3.
    private static readonly string[] OutsideOfGlobalUnicast =
    [
        "::/128", "::1/128", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "5f00::/16",
        "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "::/96", "4000::/3", "e000::/4",
    ];

    // Where a public range begins right beside a special one, or inside of its neighbourhood.
    private static readonly string[] Public =
    [
        "1.0.0.0", "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.88.98.255",
        "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255",
        "203.0.114.0", "223.255.255.255", "2000::1", "2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::", "2003::1",
        "2606:4700::1111", "2a00:1450:4001:800::200e", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::",
    ];

    private static IEnumerable<string> Special =>
        OutsideRules.Special.Select(row => row.Network.ToString()).Concat(OutsideOfGlobalUnicast);

    [TestCaseSource(nameof(Special))]
    public void Nothing_in_a_special_range_is_public(string network)
    {
        var range = IPNetwork.Parse(network);
        foreach (var address in new[] { range.BaseAddress, End(range), Middle(range) })
        {
            OutsideRules.IsPublic(address).ShouldBeFalse($"{address} of {network}");
            OutsideRules.MayReach(address, Nothing).ShouldBeFalse();
            OutsideRules.MayReach(address, [range]).ShouldBeTrue();
        }
    }

    [TestCaseSource(nameof(Public))]
    public void What_lies_beside_a_special_range_is_public(string address) =>
        OutsideRules.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Test]
    public void No_IPv6_form_carries_an_IPv4_address_through()
    {
        foreach (var hidden in new[] { "127.0.0.1", "10.1.2.3", "8.8.8.8" })
        {
            var v4 = IPAddress.Parse(hidden).GetAddressBytes();
            var hex = $"{v4[0]:x2}{v4[1]:x2}:{v4[2]:x2}{v4[3]:x2}";
            foreach (var form in new[] { $"::ffff:{hidden}", $"::{hidden}", $"64:ff9b::{hex}", $"64:ff9b:1::{hex}", $"2002:{hex}::1", $"2001:0:{hex}::1" })
            {
                OutsideRules.IsPublic(IPAddress.Parse(form)).ShouldBeFalse(form);
            }
        }
    }

    [TestCase("https://example.org/hook", null)]
    [TestCase("https://example.org:8443/hook?token=1", null)]
    [TestCase("https://8.8.8.8/", null)]
    [TestCase("https://[2606:4700::1111]/", null)]
    [TestCase("http://example.org/", "https")]
    [TestCase("ftp://example.org/", "https")]
    [TestCase("file:///etc/passwd", "absolute")]
    [TestCase("/etc/passwd", "absolute|https")]
    [TestCase("https://example.org:22/", "port")]
    [TestCase("https://example.org:80/", "port")]
    [TestCase("https://user@example.org/", "user")]
    [TestCase("https://example.org/#part", "fragment")]
    [TestCase("https://exa mple.org/", "ASCII")]
    [TestCase("https://example.org/\r\nX: y", "ASCII")]
    [TestCase("https://\u00fc.example/", "ASCII")]
    [TestCase("https://127.0.0.1/", "public")]
    [TestCase("https://0x7f.1/", "public")]
    [TestCase("https://017700000001/", "public")]
    [TestCase("https://2130706433/", "public")]
    [TestCase("https://[::ffff:127.0.0.1]/", "public")]
    [TestCase("https://[fe80::1%251]/", "public")]
    [TestCase("https://0/", "public")]
    public void An_address_is_refused_for_what_is_wrong_with_it(string url, string? why)
    {
        var said = OutsideRules.WhyNot(url, 2_000, Nothing);
        if (why is null)
        {
            said.ShouldBeNull();
        }
        else
        {
            why.Split('|').Any(word => said?.Contains(word, StringComparison.Ordinal) == true).ShouldBeTrue(said);
        }
    }

    [Test]
    public void What_development_names_is_reached_over_http_too_and_nothing_beside_it()
    {
        IPNetwork[] named = [IPNetwork.Parse("127.0.0.5/32")];
        OutsideRules.WhyNot("http://127.0.0.5:80/", 100, named).ShouldBeNull();
        OutsideRules.WhyNot("http://127.0.0.6/", 100, named).ShouldNotBeNull();
        OutsideRules.WhyNot("https://127.0.0.6/", 100, named).ShouldNotBeNull();
        OutsideRules.WhyNot("http://localhost/", 100, named).ShouldNotBeNull();
        OutsideRules.WhyNot($"https://example.org/{new string('a', 100)}", 100, named).ShouldNotBeNull();
    }

    private static IPAddress End(IPNetwork range) => With(range, 0xFF);

    private static IPAddress Middle(IPNetwork range) => With(range, 0x55);

    /// <summary>The range's own bits, and these in all others.</summary>
    private static IPAddress With(IPNetwork range, byte others)
    {
        var bytes = range.BaseAddress.GetAddressBytes();
        for (var bit = range.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(others & (0x80 >> (bit % 8)));
        }

        return new IPAddress(bytes);
    }
}
