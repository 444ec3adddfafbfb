using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace P2P.Server.Core.Outside;

/// <summary>What development may reach beside public addresses (section <c>Outside</c>); in production both are refused.</summary>
public sealed record OutsideSettings
{
    /// <summary>Addresses and networks, parted by commas, that are reached although they are not public; by their numbers also over http.</summary>
    public string? Allowed { get; init; }

    /// <summary>A PEM file with certificates of authorities that are trusted beside the system's.</summary>
    public string? TrustedCertificates { get; init; }

    /// <summary>Reads and checks them.</summary>
    public static OutsideAllowance From(IConfiguration configuration, ServerMode mode)
    {
        var settings = configuration.GetSection("Outside").Get<OutsideSettings>() ?? new OutsideSettings();
        var isSet = !string.IsNullOrWhiteSpace(settings.Allowed) || !string.IsNullOrWhiteSpace(settings.TrustedCertificates);
        return isSet && !mode.IsDevelopment
            ? throw new SettingsException(
                "Outside:Allowed and Outside:TrustedCertificates are for development: remove them, or users could reach this machine's network.")
            : new OutsideAllowance(Networks(settings.Allowed), Certificates(settings.TrustedCertificates));
    }

    private static List<IPNetwork> Networks(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name =>
            IPAddress.TryParse(name, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(name, out var network) ? network
            : throw new SettingsException($"Outside:Allowed names '{name}', which is no address and no network: write 127.0.0.1 or 10.0.0.0/8."))];

    private static X509Certificate2Collection Certificates(string? file)
    {
        var all = new X509Certificate2Collection();
        if (string.IsNullOrWhiteSpace(file))
        {
            return all;
        }

        try
        {
            all.ImportFromPemFile(file);
            return all;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingsException($"Outside:TrustedCertificates: {file} cannot be read as PEM ({e.Message}): correct it.", e);
        }
    }
}

/// <summary>The settings of <see cref="OutsideSettings"/>, read.</summary>
/// <param name="Networks">What is reached although it is not public.</param>
/// <param name="Certificates">Authorities that are trusted beside the system's.</param>
public sealed record OutsideAllowance(IReadOnlyList<IPNetwork> Networks, X509Certificate2Collection Certificates)
{
    /// <summary>Public addresses only, as in production.</summary>
    public static OutsideAllowance None { get; } = new([], []);
}
