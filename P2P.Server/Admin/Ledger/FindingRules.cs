using System.Text.RegularExpressions;
using P2P.Contracts;
using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Server.Admin.Ledger;

/// <summary>What makes two violations the same finding, and what a pause says of them.</summary>
public static partial class FindingRules
{
    private const int KeyCharsMax = 500;
    private const int NamedMax = 3;

    /// <summary>
    /// The same violation has the same key whenever it is seen. A wrong balance stays the same finding although the account moves on: its
    /// amounts do not count.
    /// </summary>
    public static string KeyOf(Violation violation)
    {
        var text = violation.Rule is "I1" or "I2" or "I3" ? Amounts().Replace(violation.Sentence, "#") : violation.Sentence;
        var key = $"{violation.Rule}: {text}";
        return key.Length <= KeyCharsMax ? key : key[..KeyCharsMax];
    }

    /// <summary>Why releases are paused: the first findings by name, the others by number.</summary>
    public static string PauseReason(IReadOnlyList<Violation> violations)
    {
        var named = string.Join(" ", violations.Take(NamedMax).Select(violation => violation.ToString()));
        var more = violations.Count > NamedMax ? $" And {violations.Count - NamedMax} more." : "";
        var reason = $"The ledger does not add up. {named}{more}";
        return reason.Length <= Limits.StaffReasonCharsMax ? reason : reason[..Limits.StaffReasonCharsMax];
    }

    /// <summary>Numbers that stand alone; those within an id do not.</summary>
    [GeneratedRegex(@"(?<![\w-])-?\d+(\.\d+)?(?![\w-])")]
    private static partial Regex Amounts();
}
