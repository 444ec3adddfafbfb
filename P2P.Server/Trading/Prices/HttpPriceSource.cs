using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Trading;

namespace P2P.Server.Trading.Prices;

/// <summary>
/// A web service that answers JSON. No redirect is followed, no cookie kept, no answer read beyond its bound, and each address is asked
/// once a round
/// however many markets stand in its answer.
/// </summary>
public sealed class HttpPriceSource : IPriceSource, IDisposable
{
    private const int AtOnceMax = 4;

    private readonly PriceSourceSettings _settings;
    private readonly TimeSpan _timeout;
    private readonly string _path;
    private readonly ILookup<string, PriceMarket> _markets;
    private readonly HttpClient _http;

    public HttpPriceSource(PriceSourceSettings settings, TimeSpan pollEvery, TimeSpan? timeout = null)
    {
        _settings = settings;
        PollEvery = pollEvery;
        _timeout = timeout ?? TimeSpan.FromSeconds(settings.TimeoutSeconds);
        _path = settings.Path ?? throw new InvalidOperationException("A source without a path was let through.");
        var url = settings.Url ?? throw new InvalidOperationException("A source without an address was let through.");
        _markets = settings.Pairs().ToLookup(market => PriceReadingRules.Fill(url, market, settings.Names));
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 16 })
        {
            Timeout = Timeout.InfiniteTimeSpan, // Each look has a limit of its own, over all of its requests.
        };
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("P2P-Server");
    }

    public string Name => _settings.Name ?? "";

    public PriceSourceKind Kind => PriceSourceKind.Http;

    public TimeSpan PollEvery { get; }

    public async Task<PriceReadings?> Read(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_timeout);
        var parts = new List<PriceReadings>();
        foreach (var some in _markets.Chunk(AtOnceMax))
        {
            parts.AddRange(await Task.WhenAll(some.Select(markets => Ask(markets, limit.Token, cancellation))));
        }

        return new PriceReadings([.. parts.SelectMany(part => part.Prices)], [.. parts.SelectMany(part => part.Errors)]);
    }

    public void Dispose() => _http.Dispose();

    private async Task<PriceReadings> Ask(IGrouping<string, PriceMarket> markets, CancellationToken limit, CancellationToken stopping)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(markets.Key), HttpCompletionOption.ResponseHeadersRead, limit);
            if (!answer.IsSuccessStatusCode)
            {
                return Wrong(string.Create(CultureInfo.InvariantCulture, $"It answered {(int)answer.StatusCode}."));
            }

            if (await BoundedRead.All(await answer.Content.ReadAsStreamAsync(limit), _settings.BytesMax, limit) is not { } bytes)
            {
                return Wrong(string.Create(CultureInfo.InvariantCulture, $"It answered more than {_settings.BytesMax} bytes."));
            }

            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Limits.JsonDepthMax });
            return Pick(json.RootElement, markets);
        }
        catch (JsonException)
        {
            return Wrong("It answered no JSON.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Wrong($"It could not be reached: {e.Message}");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return Wrong(string.Create(CultureInfo.InvariantCulture, $"It did not answer within {(long)_timeout.TotalMilliseconds} ms."));
        }
    }

    private PriceReadings Pick(JsonElement root, IEnumerable<PriceMarket> markets)
    {
        var prices = new List<PriceReading>();
        var errors = new List<string>();
        foreach (var market in markets)
        {
            var path = Fill(_path, market);
            if (PriceReadingRules.PriceOf(PriceReadingRules.Pick(root, path)) is not { } price)
            {
                errors.Add($"There is no price of {market} at {path}.");
            }
            else if (_settings.TimePath is not { } timePath)
            {
                prices.Add(new PriceReading(market, price, null));
            }
            else if (PriceReadingRules.TimeOf(PriceReadingRules.Pick(root, Fill(timePath, market))) is { } at)
            {
                prices.Add(new PriceReading(market, price, at));
            }
            else
            {
                errors.Add($"There is no time of {market} at {timePath}.");
            }
        }

        return new PriceReadings(prices, errors);
    }

    private string Fill(string template, PriceMarket market) => PriceReadingRules.Fill(template, market, _settings.Names);

    private static PriceReadings Wrong(string sentence) => new([], [sentence]);
}
