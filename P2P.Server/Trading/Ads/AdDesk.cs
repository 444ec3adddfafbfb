using P2P.Server.Trading.Prices;
using P2P.Server.Trading.Schedules;

namespace P2P.Server.Trading.Ads;

/// <summary>What the hub's calls on ads work with.</summary>
public sealed record AdDesk(AdFlow Flow, AdTotalFlow Totals, AdListFlow Lists, AdBookFlow Books, PriceFlow Prices, ScheduleFlow Schedules);
