using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>Every transfer balances and is what its order, deposit or withdrawal says; every escrow holds what its order says.</summary>
internal static class MoneyCheck
{
    public static async Task Run(Tx tx, Findings findings)
    {
        findings.Begin("transfers");
        var scope = findings.Scope;
        if (scope.Transfers is null)
        {
            findings.Counts.Transfers = await VerifySql.TransferCount(tx);
        }

        findings.AddAll((await VerifySql.UnbalancedTransfers(tx, scope)).Select(unbalanced =>
            new Violation("I4", $"Transfer {unbalanced} has fewer than two entries, or they do not sum to zero.")));
        findings.AddAll((await VerifySql.WrongTransfersOfOrders(tx, scope)).Select(wrong =>
            new Violation("I5", $"Transfer {wrong.Id} ({wrong.Kind}) does not move what order {wrong.OrderId} says, between its parties.")));
        findings.AddAll((await VerifySql.WrongEscrows(tx, scope)).Select(escrow =>
            new Violation("I5", $"The escrow of order {escrow} does not hold the order's amount exactly while it is open.")));
        findings.AddAll((await VerifySql.WrongResolutions(tx, scope)).Select(order =>
            new Violation("I6", $"Order {order} has not one hold, and one resolution exactly when it has ended.")));
        findings.AddAll((await VerifySql.WrongDeposits(tx, scope)).Select(deposit =>
            new Violation("I5", $"The deposit of transfer {deposit} and the transfer do not say the same.")));
        findings.AddAll((await VerifySql.WrongWithdrawals(tx, scope)).Select(withdrawal =>
            new Violation("I5", $"Withdrawal {withdrawal} and the account that holds its amount do not say the same.")));
    }
}

/// <summary>A transfer that an order does not explain.</summary>
internal sealed record WrongTransfer
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public Guid? OrderId { get; init; }
}
