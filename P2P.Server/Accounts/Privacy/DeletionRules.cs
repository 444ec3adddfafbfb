using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Privacy;

/// <summary>What stands between a person and the deletion of their account, in words.</summary>
public static class DeletionRules
{
    /// <summary>The reasons for the codes of the database, in their order.</summary>
    public static IReadOnlyList<Reason> Reasons(IEnumerable<string> obstacles) =>
        [.. obstacles.Select(code => Refused.Because(code, MessageOf(code)))];

    private static string MessageOf(string code) => code switch
    {
        ErrorCodes.OpenOrders => "End your open orders.",
        ErrorCodes.OpenAds => "Delete your ads.",
        ErrorCodes.OpenDisputes => "Wait for the end of your disputes.",
        ErrorCodes.BalanceNotZero => "Withdraw your balances, and wait until withdrawals are sent.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "The database names an obstacle that nobody knows."),
    };
}
