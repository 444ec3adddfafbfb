using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Ledger;

/// <summary>A withdrawal as the engine reads and writes it.</summary>
public sealed record WithdrawalRow
{
    public required Guid Id { get; init; }

    public required long UserId { get; init; }

    public required string Asset { get; init; }

    public required decimal Amount { get; init; }

    public required string Destination { get; init; }

    public required WithdrawalStatus Status { get; init; }

    public string? ExternalRef { get; init; }
}

/// <summary>A deposit: an external reference is credited once.</summary>
public sealed record DepositRow
{
    public required string ExternalRef { get; init; }

    public required long UserId { get; init; }

    public required string Asset { get; init; }

    public required decimal Amount { get; init; }

    public Guid TransferId { get; init; }
}
