using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Rest;

/// <summary>
/// The reverse proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> count (setting <c>Proxies</c>: addresses and networks,
/// parted
/// by commas or as a list). Without any, these headers are ignored.
/// </summary>
internal static class Proxies
{
    public static ForwardedHeadersOptions? From(IConfiguration settings)
    {
        var section = settings.GetSection("Proxies");
        var names = (section.Value?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [])
            .Concat(section.GetChildren().Select(child => child.Value ?? ""))
            .Select(name => name.Trim())
            .Where(name => name.Length > 0)
            .ToList();
        if (names.Count == 0)
        {
            return null;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // Addresses are taken off the end while they are known proxies; the first unknown one is the client.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(name, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new SettingsException($"Proxies names '{name}', which is no address and no network: write 10.0.0.5 or 10.0.0.0/8.");
            }
        }

        return options;
    }
}
