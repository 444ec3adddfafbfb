using System.Globalization;

namespace DemoTraders;

/// <summary>What the program was told: two flags, and where the server and development's key are.</summary>
/// <param name="Url">The server's address (environment <c>P2P_URL</c>).</param>
/// <param name="DataFolder">Development's data folder, for its key (environment <c>P2P_DATA</c>).</param>
/// <param name="Traders">How many traders (<c>--traders</c>).</param>
/// <param name="Seconds">After how long it ends by itself (<c>--seconds</c>); null for never.</param>
internal sealed record Arguments(Uri Url, string DataFolder, int Traders, int? Seconds)
{
    public const string Usage = "DemoTraders [--traders N] [--seconds N]   (environment: P2P_URL, P2P_DATA)";

    private const int TradersDefault = 8;

    /// <exception cref="FormatException">Something cannot be understood; the message is for people.</exception>
    public static Arguments From(string[] args)
    {
        var (traders, seconds) = (TradersDefault, (int?)null);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--traders":
                    traders = Number(args, ++i, min: 2, max: Person.All.Count);
                    break;
                case "--seconds":
                    seconds = Number(args, ++i, min: 1, max: 1_000_000);
                    break;
                default:
                    throw new FormatException($"{args[i]} is unknown. {Usage}");
            }
        }

        var url = Environment.GetEnvironmentVariable("P2P_URL") ?? "http://127.0.0.1:8030";
        return Uri.TryCreate(url, UriKind.Absolute, out var address)
            ? new Arguments(address, Environment.GetEnvironmentVariable("P2P_DATA") ?? ".p2p", traders, seconds)
            : throw new FormatException($"P2P_URL is no address ({url}): write it like http://127.0.0.1:8030.");
    }

    private static int Number(string[] args, int at, int min, int max) =>
        at < args.Length
            && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw new FormatException($"{args[at - 1]} takes a number from {min} to {max}. {Usage}");
}
