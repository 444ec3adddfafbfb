using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>Every transfer balances and is what its order, deposit or withdrawal says; every escrow holds what its order says.</summary>
internal static class MoneyCheck
{
    public static async Task Run(Tx tx, Findings findings)
    {
        findings.Begin("transfers");
        findings.Counts.Transfers = await VerifySql.TransferCount(tx);
        findings.Add(await VerifySql.UnbalancedTransfer(tx) is { } unbalanced
            ? new("I4", $"Transfer {unbalanced} has fewer than two entries, or they do not sum to zero.")
            : null);
        findings.Add(await VerifySql.WrongTransferOfOrder(tx) is { } wrong
            ? new("I5", $"Transfer {wrong.Id} ({wrong.Kind}) does not move what order {wrong.OrderId} says, between its parties.")
            : null);
        findings.Add(await VerifySql.WrongEscrow(tx) is { } escrow
            ? new("I5", $"The escrow of order {escrow} does not hold the order's amount exactly while it is open.")
            : null);
        findings.Add(await VerifySql.WrongResolution(tx) is { } order
            ? new("I6", $"Order {order} has not one hold, and one resolution exactly when it has ended.")
            : null);
        findings.Add(await VerifySql.WrongDeposit(tx) is { } deposit
            ? new("I5", $"The deposit of transfer {deposit} and the transfer do not say the same.")
            : null);
        findings.Add(await VerifySql.WrongWithdrawal(tx) is { } withdrawal
            ? new("I5", $"Withdrawal {withdrawal} and the account that holds its amount do not say the same.")
            : null);
    }
}

/// <summary>A transfer that an order does not explain.</summary>
internal sealed record WrongTransfer
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public Guid? OrderId { get; init; }
}
