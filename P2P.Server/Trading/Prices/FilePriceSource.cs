using System.Globalization;
using System.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Trading;

namespace P2P.Server.Trading.Prices;

/// <summary>
/// A file that somebody else writes, JSON or CSV, read when its time or length changes. Its prices are as old as the file: one that nobody
/// writes any
/// more becomes stale.
/// </summary>
public sealed class FilePriceSource(PriceSourceSettings settings, TimeSpan pollEvery) : IPriceSource
{
    private readonly string _file = Path.GetFullPath(
        settings.File ?? throw new InvalidOperationException("A source without a file was let through."));

    private readonly PriceMarket[] _markets = [.. settings.Pairs()];
    private (DateTime WrittenAt, long Length)? _seen;

    public string Name => settings.Name ?? "";

    public PriceSourceKind Kind => PriceSourceKind.File;

    public TimeSpan PollEvery => pollEvery;

    public async Task<PriceReadings?> Read(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            var info = new FileInfo(_file);
            if (!info.Exists)
            {
                _seen = null;
                return Wrong($"There is no file {_file}.");
            }

            var state = (info.LastWriteTimeUtc, info.Length);
            if (_seen == state)
            {
                return null;
            }

            var readings = await ReadAll(new DateTimeOffset(state.LastWriteTimeUtc), limit.Token);
            _seen = state;
            return readings;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wrong($"{_file} cannot be read: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Wrong(string.Create(CultureInfo.InvariantCulture, $"{_file} was not read within {settings.TimeoutSeconds} s."));
        }
    }

    private async Task<PriceReadings> ReadAll(DateTimeOffset at, CancellationToken cancellation)
    {
        await using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (await BoundedRead.All(stream, settings.BytesMax, cancellation) is not { } bytes)
        {
            return Wrong(string.Create(CultureInfo.InvariantCulture, $"{_file} has more than {settings.BytesMax} bytes."));
        }

        if (!_file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return PriceReadingRules.OfCsv(Encoding.UTF8.GetString(bytes.Span), _markets, at);
        }

        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Limits.JsonDepthMax });
            return PriceReadingRules.OfJson(json.RootElement, _markets, at);
        }
        catch (JsonException)
        {
            return Wrong($"{_file} is no JSON.");
        }
    }

    private static PriceReadings Wrong(string sentence) => new([], [sentence]);
}
