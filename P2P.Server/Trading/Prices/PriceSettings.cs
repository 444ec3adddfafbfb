using P2P.Contracts.Trading;
using P2P.Server.Core;

namespace P2P.Server.Trading.Prices;

/// <summary>The operator's settings of reference prices (section <c>Prices</c>).</summary>
public sealed record PriceSettings
{
    /// <summary>The longest time for which a price is good that is set by hand: a year.</summary>
    public const int ManualHoursMax = 8_760;

    private const int SourcesMax = 20;

    /// <summary>How old a source's price may be.</summary>
    public int StaleSeconds { get; init; } = 1_800;

    /// <summary>How far from the median of all a price may lie, in percent.</summary>
    public decimal OutlierPercent { get; init; } = 5;

    /// <summary>How many sources must agree.</summary>
    public int SourcesMin { get; init; } = 1;

    /// <summary>How long a price that the operator sets by command is good.</summary>
    public int ManualHours { get; init; } = 24;

    /// <summary>How often a source is asked that says nothing else.</summary>
    public int PollSeconds { get; init; } = 30;

    /// <summary>How long single rates are kept; those of orders are kept for good, and so is one row for each hour.</summary>
    public int KeptDays { get; init; } = 30;

    /// <summary>Where prices come from, beside those that are set by command.</summary>
    public IReadOnlyList<PriceSourceSettings> Sources { get; init; } = [];

    /// <summary>The markets that have a source.</summary>
    public IEnumerable<PriceMarket> Covered() => Sources.SelectMany(source => source.Pairs());

    /// <summary>Reads and checks them: what is wrong is told at start.</summary>
    public static PriceSettings From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Prices").Get<PriceSettings>() ?? new PriceSettings();
        if (settings is not
            {
                StaleSeconds: >= 1 and <= 604_800, OutlierPercent: > 0 and <= 100, SourcesMin: >= 1 and <= SourcesMax,
                ManualHours: >= 1 and <= ManualHoursMax, PollSeconds: >= 1 and <= 86_400, KeptDays: >= 2 and <= 3_650,
            })
        {
            throw new SettingsException(
                "Prices:StaleSeconds lies between 1 and 604800, Prices:OutlierPercent above 0 and not above 100,"
                + " Prices:SourcesMin between 1 and 20, Prices:ManualHours between 1 and 8760, Prices:PollSeconds between 1 and 86400,"
                + " Prices:KeptDays between 2 and 3650: correct them.");
        }

        if (settings.Sources.Count > SourcesMax)
        {
            throw new SettingsException($"Prices:Sources has more than {SourcesMax} entries: remove some.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < settings.Sources.Count; i++)
        {
            var source = settings.Sources[i];
            source.Check($"Prices:Sources:{i}");
            if (!names.Add(source.Name ?? ""))
            {
                throw new SettingsException($"Prices:Sources has two entries of the name {source.Name}: give each a name of its own.");
            }
        }

        return settings;
    }
}

/// <summary>One source (section <c>Prices:Sources</c>).</summary>
public sealed record PriceSourceSettings
{
    private const int MarketsMax = 200;
    private const int NameCharsMax = 40;

    /// <summary>Its name, shown with prices and orders.</summary>
    public string? Name { get; init; }

    /// <summary>Http or File.</summary>
    public PriceSourceKind Kind { get; init; }

    /// <summary>The markets that it is asked for, as <c>BTC/EUR</c>.</summary>
    public IReadOnlyList<string> Markets { get; init; } = [];

    /// <summary>What it calls an asset or a currency that it calls otherwise than we do.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// An https address (or http on this machine), with <c>{asset}</c> and <c>{fiat}</c> where they belong; lower case with
    /// <c>{asset:lower}</c>.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>Where in the JSON the price stands: member names and indexes parted by dots, with the same holes as the address.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Where its time stands (seconds or milliseconds since 1970, or ISO 8601); without it a price is of the moment when it was read.
    /// </summary>
    public string? TimePath { get; init; }

    /// <summary>The file's path: JSON when it ends so, else CSV.</summary>
    public string? File { get; init; }

    /// <summary>How often it is asked; null for <see cref="PriceSettings.PollSeconds"/>.</summary>
    public int? PollSeconds { get; init; }

    /// <summary>How long it may take to answer.</summary>
    public int TimeoutSeconds { get; init; } = 5;

    /// <summary>The greatest answer or file that is read.</summary>
    public int BytesMax { get; init; } = 65_536;

    /// <summary>The markets, read.</summary>
    public IEnumerable<PriceMarket> Pairs() => Markets.Select(PriceMarket.Read).OfType<PriceMarket>().Distinct();

    /// <summary>Refuses what cannot work.</summary>
    public void Check(string at)
    {
        if (Name is not { Length: >= 1 and <= NameCharsMax } || Name.Any(letter => letter is < '!' or > '~' or ','))
        {
            throw new SettingsException($"{at}:Name is no name: 1 to {NameCharsMax} letters, digits and signs without spaces and commas.");
        }

        if (Markets.Count is 0 or > MarketsMax || Markets.Any(market => PriceMarket.Read(market) is null))
        {
            throw new SettingsException($"{at}:Markets has 1 to {MarketsMax} entries, each written like BTC/EUR: correct it.");
        }

        if (PollSeconds is < 1 or > 86_400 || TimeoutSeconds is < 1 or > 60 || BytesMax is < 1 or > 16 * 1024 * 1024)
        {
            throw new SettingsException(
                $"{at}:PollSeconds lies between 1 and 86400, {at}:TimeoutSeconds between 1 and 60, {at}:BytesMax between 1 and 16777216:"
                + " correct them.");
        }

        switch (Kind)
        {
            case PriceSourceKind.Http when !IsAddress(Url) || string.IsNullOrWhiteSpace(Path):
                throw new SettingsException(
                    $"{at} asks a web service: {at}:Url is an https address (http on this machine only) and {at}:Path is set.");
            case PriceSourceKind.File when string.IsNullOrWhiteSpace(File):
                throw new SettingsException($"{at} reads a file: set {at}:File to its path.");
            case PriceSourceKind.Http or PriceSourceKind.File:
                break;
            default:
                throw new SettingsException($"{at}:Kind is Http or File: correct it.");
        }
    }

    /// <summary>Nothing that others can read or change on its way: https, or http that does not leave the machine.</summary>
    private static bool IsAddress(string? url) =>
        url is not null
        && Uri.TryCreate(url.Replace('{', 'x').Replace('}', 'x'), UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
