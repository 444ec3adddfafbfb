namespace P2P.Contracts.Trading;

/// <summary>A fact about the other party that calls for care. None of them is a reproach.</summary>
public enum PartnerWarningKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The two have completed no order with each other yet.</summary>
    FirstTradeTogether,

    /// <summary>The other's profile is young. <see cref="PartnerWarning.At"/>: when it was made.</summary>
    NewAccount,

    /// <summary>The other has completed few orders. <see cref="PartnerWarning.Count"/>: how many.</summary>
    FewTrades,

    /// <summary>The other took another name lately. <see cref="PartnerWarning.At"/>: when.</summary>
    NameChanged,

    /// <summary>Orders of the other were disputed lately, by whomever. <see cref="PartnerWarning.Count"/>: how many.</summary>
    RecentlyDisputed,
}

/// <summary>One such fact.</summary>
public sealed record PartnerWarning
{
    /// <summary>Which.</summary>
    public required PartnerWarningKind Kind { get; init; }

    /// <summary>A number that belongs to it; null without one.</summary>
    public int? Count { get; init; }

    /// <summary>A time that belongs to it; null without one.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>How the name that the buyer paid under compares with the names of the buyer's own accounts.</summary>
public enum PayerMatch
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The buyer did not say whose account it was.</summary>
    NotTold,

    /// <summary>It is the name of one of the buyer's accounts, but for spelling.</summary>
    Matches,

    /// <summary>It is another: ask, and do not release money of a third person. It is a reason for a dispute.</summary>
    Differs,

    /// <summary>The buyer had saved no account before the order was placed.</summary>
    NothingKnown,
}

/// <summary>From whose account the buyer paid.</summary>
public sealed record PayerView
{
    /// <summary>The account's holder, as the buyer told; null when not told.</summary>
    public string? Name { get; init; }

    /// <summary>The holder of the buyer's own account that comes closest, as saved before the order was placed; null without one.</summary>
    public string? KnownName { get; init; }

    /// <summary>How the two compare.</summary>
    public required PayerMatch Match { get; init; }
}
