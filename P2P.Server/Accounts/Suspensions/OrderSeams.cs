using P2P.Contracts.Deals;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Suspensions;

/// <summary>An open order of a suspended user, as that user may read it.</summary>
public sealed record OwnOpenOrder
{
    public required Guid Id { get; init; }
    public required OrderKind Kind { get; init; }
    public required OrderStatus Status { get; init; }

    /// <summary>Which party the user is.</summary>
    public required Party Party { get; init; }

    public required string Asset { get; init; }
    public required decimal CryptoAmount { get; init; }
    public required string Fiat { get; init; }
    public required decimal FiatAmount { get; init; }
    public required Duty Duty { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The caller's own open orders. Accounts know no orders: the composition says who does.</summary>
public delegate Task<IReadOnlyList<OwnOpenOrder>> ListOwnOpenOrders(Caller caller, CancellationToken cancellation);

/// <summary>
/// Confirms the payment of an own order that awaits it, with a reference. Refuses as the order's own command does; harmless to repeat.
/// </summary>
public delegate Task ConfirmOwnPayment(Caller caller, Guid orderId, string reference, CancellationToken cancellation);

/// <summary>
/// Brings a user's standing and open orders in line with a suspension or its end, through the engine. Called again until it has succeeded:
/// harmless to repeat.
/// </summary>
public delegate Task ApplySuspension(long userId, bool suspended, CancellationToken cancellation);
