using System.Globalization;
using P2P.Contracts.Deals;

namespace P2P.Tests.Engine.Model;

/// <summary>A state as lines, the same from the model and from the engine: what differs is read at once.</summary>
internal static class StateLines
{
    public static string User(
        int user, decimal available, bool suspended, int open, int unpaid, int completed, int cancelled, params DateTimeOffset?[] times) =>
        $"user {user}: {N(available)}{(suspended ? " suspended" : "")} open {open} unpaid {unpaid} completed {completed} cancelled {cancelled}{T(times)}";

    public static string Ad(int ad, decimal total, decimal remaining, bool open, int version) =>
        $"ad {ad}: {N(remaining)} of {N(total)}{(open ? " open" : "")} v{version}";

    public static string Order(int order, OrderFields f, params DateTimeOffset?[] times) =>
        $"order {order}: {f.Status} v{f.Version} {f.Duty} {f.Buyer}<-{f.Seller} held {N(f.Held)} fee {N(f.Fee)} taken {N(f.Taken)} escrow {N(f.Escrow)}"
        + $" {f.Dispute} clock {(f.HasDeadline ? "runs" : "none")}{(f.Overdue ? " overdue" : "")} proposed {f.Proposed}"
        + $"{(f.Undone ? " undone" : "")}{(f.Extended ? " extended" : "")}{(f.SellerActed ? " acted" : "")}{(f.Confirmed ? " confirmed" : "")}{T(times)}";

    public static string Dispute(DisputeStatus status, int version, int rounds, RulingDecision? decision, bool secondWanted) =>
        $"{status} v{version} round {rounds} {decision}{(secondWanted ? " waits for a second" : "")}";

    public static string Withdrawal(int withdrawal, WithdrawalStatus status, decimal amount, decimal held) =>
        $"withdrawal {withdrawal}: {status} {N(amount)} held {N(held)}";

    public static string Totals(decimal fees, decimal outside) => $"fees {N(fees)} outside {N(outside)}";

    /// <summary>The model's lines; without times where a real clock ran.</summary>
    public static List<string> Of(World world, bool withTimes)
    {
        var model = world.Model;
        List<string> lines = [];
        lines.AddRange(model.Users.Select((u, i) => User(
            i, u.Available, u.Suspended, u.Open, u.Unpaid, u.Completed, u.Lapses.Count + u.Refunded,
            withTimes ? [u.Lapses.Count > 0 ? u.Lapses[^1] : null, u.Lapses.Count > 1 ? u.Lapses[^2] : null, u.CoolsUntil, u.FirstTradeAt] : [])));
        lines.AddRange(model.Ads.Select((ad, i) => Ad(i, ad.Total, ad.Total - ad.Taken, ad.Open, ad.Version)));
        lines.AddRange(model.Orders.Select((o, i) => o is null ? $"order {i}: none" : Order(
            i,
            new OrderFields
            {
                Status = o.Status,
                Version = o.Version,
                Buyer = o.Buyer,
                Seller = o.Seller,
                Held = o.Held,
                Fee = o.Fee,
                Taken = o.Crypto,
                Escrow = o.Escrow,
                HasDeadline = o.Deadline is not null,
                Dispute = o.Dispute is { } d ? Dispute(d.Status, d.Version, d.Rounds, d.Decision, d.SecondWanted) : "undisputed",
                Overdue = o.Overdue,
                Proposed = o.Proposed,
                Undone = o.Undone,
                Extended = o.Extended,
                SellerActed = o.SellerActed,
                Confirmed = o.ConfirmedAt is not null,
                Duty = o.IsAwaiting ? Duty.BuyerPays : o.IsPaid ? Duty.SellerReleases : o.IsDisputed ? Duty.DisputeEnds : Duty.None,
            },
            withTimes ? [o.Deadline, o.Dispute?.Deadline, o.PayUntil, o.ConfirmedAt] : [])));
        lines.AddRange(model.Withdrawals.Select((w, i) => w is null
            ? $"withdrawal {i}: none"
            : Withdrawal(i, w.Status, w.Amount, w.Status == WithdrawalStatus.Requested ? w.Amount : 0)));
        return lines;
    }

    /// <summary>Throws with both sides of every line that differs.</summary>
    public static void Compare(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        if (!expected.SequenceEqual(actual))
        {
            var missing = expected.Except(actual).Select(line => $"  model : {line}");
            var extra = actual.Except(expected).Select(line => $"  engine: {line}");
            throw new InvalidOperationException($"The engine is not where the model is:\n{string.Join('\n', missing.Concat(extra))}");
        }
    }

    private static string N(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    private static string T(DateTimeOffset?[] times) =>
        string.Concat(times.Select(time => $" {time?.UtcDateTime.ToString("MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) ?? "-"}"));
}

/// <summary>What is compared of an order.</summary>
internal sealed record OrderFields
{
    public required OrderStatus Status { get; init; }

    public required int Version { get; init; }

    public required Duty Duty { get; init; }

    public required int Buyer { get; init; }

    public required int Seller { get; init; }

    public required decimal Held { get; init; }

    public required decimal Fee { get; init; }

    public required decimal Taken { get; init; }

    public required decimal Escrow { get; init; }

    public required bool HasDeadline { get; init; }

    public required string Dispute { get; init; }

    public required bool Overdue { get; init; }

    public required Party? Proposed { get; init; }

    public required bool Undone { get; init; }

    public required bool Extended { get; init; }

    public required bool SellerActed { get; init; }

    public required bool Confirmed { get; init; }
}
