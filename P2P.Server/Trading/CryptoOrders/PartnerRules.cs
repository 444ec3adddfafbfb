using P2P.Contracts.Trading;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>When a fact about the other party is worth a word (section <c>Limits</c>).</summary>
public sealed record PartnerLimits
{
    /// <summary>Profiles younger than so many days are called new.</summary>
    public int WarnAccountDays { get; init; } = 30;

    /// <summary>Fewer completed orders than this are few.</summary>
    public int WarnTradesBelow { get; init; } = 5;

    /// <summary>A name is called changed for so many days.</summary>
    public int WarnNameChangedDays { get; init; } = 30;

    /// <summary>Disputes of so many days are counted.</summary>
    public int WarnDisputedDays { get; init; } = 30;
}

/// <summary>What is known of a possible or present partner.</summary>
public sealed record PartnerFacts
{
    public required DateTimeOffset JoinedAt { get; init; }

    public DateTimeOffset? UsernameChangedAt { get; init; }

    public required int Completed { get; init; }

    /// <summary>The two have completed an order with each other.</summary>
    public required bool HaveTraded { get; init; }

    /// <summary>Lately disputed orders.</summary>
    public required int Disputes { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>Which facts call for care; pure.</summary>
public static class PartnerRules
{
    public static IEnumerable<PartnerWarning> Warnings(PartnerFacts partner, PartnerLimits limits)
    {
        if (!partner.HaveTraded)
        {
            yield return new PartnerWarning { Kind = PartnerWarningKind.FirstTradeTogether };
        }

        if (partner.Now - partner.JoinedAt < TimeSpan.FromDays(limits.WarnAccountDays))
        {
            yield return new PartnerWarning { Kind = PartnerWarningKind.NewAccount, At = partner.JoinedAt };
        }

        if (partner.Completed < limits.WarnTradesBelow)
        {
            yield return new PartnerWarning { Kind = PartnerWarningKind.FewTrades, Count = partner.Completed };
        }

        if (partner.UsernameChangedAt is { } at && partner.Now - at < TimeSpan.FromDays(limits.WarnNameChangedDays))
        {
            yield return new PartnerWarning { Kind = PartnerWarningKind.NameChanged, At = at };
        }

        if (partner.Disputes > 0)
        {
            yield return new PartnerWarning { Kind = PartnerWarningKind.RecentlyDisputed, Count = partner.Disputes };
        }
    }
}
