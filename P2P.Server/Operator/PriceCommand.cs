using System.CommandLine;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Trading.Prices;

namespace P2P.Server.Operator;

/// <summary>`price set`: sets a reference price, which floating ads follow within seconds.</summary>
internal static class PriceCommand
{
    private const string SourceDefault = "operator";

    public static Command Create() => new("price", "Reference prices") { Set() };

    private static Command Set()
    {
        var asset = new Argument<string>("ASSET") { Description = "The asset's code, such as BTC" };
        var fiat = new Argument<string>("FIAT") { Description = "The currency's code, such as EUR" };
        var price = new Argument<string>("PRICE") { Description = "Fiat for one unit of the asset" };
        var source = new Option<string>("--source")
        {
            Description = "Who says so; shown with the price",
            HelpName = "NAME",
            DefaultValueFactory = _ => SourceDefault,
        };
        var hours = new Option<int?>("--hours") { Description = "How long it is good; Prices:ManualHours when left out", HelpName = "N" };
        return new Command("set", "Set a price that floating ads follow (needs Db:App)") { asset, fiat, price, source, hours }
            .Does(async (parsed, settings, _) =>
            {
                var app = settings.ConnectionString("Db:App", "prices are kept in the database");
                var text = parsed.GetRequiredValue(price);
                if (!WireJson.TryReadAmount(text, out var amount))
                {
                    throw new SettingsException($"'{text}' is no price: write it like 50000.25, with at most 8 decimals.");
                }

                var (assetCode, fiatCode) = (parsed.GetRequiredValue(asset), parsed.GetRequiredValue(fiat));
                await using var database = new Database(DatabaseSettings.From(settings.All, app));
                try
                {
                    var flow = new PriceFlow(database, PriceSettings.From(settings.All));
                    var now = await flow.Set(assetCode, fiatCode, amount, parsed.GetRequiredValue(source), parsed.GetValue(hours));
                    Console.WriteLine(now is null
                        ? $"Taken, but there is no price of {assetCode} in {fiatCode} before more sources agree (Prices:SourcesMin, Prices:OutlierPercent)"
                        : $"1 {assetCode} = {WireJson.Spell(now.Price)} {fiatCode} ({now.Source})");
                }
                catch (Refused refused)
                {
                    throw new SettingsException(refused.Message, refused);
                }
            });
    }
}
