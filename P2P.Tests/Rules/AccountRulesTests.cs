using P2P.Contracts.Accounts;
using P2P.Server.Accounts.PaymentMethods;
using P2P.Server.Accounts.Profiles;

namespace P2P.Tests.Rules;

/// <summary>Names that look alike, numbers with check sums, rates.</summary>
public sealed class AccountRulesTests
{
    [TestCase("Oliver", "0liver")]
    [TestCase("Bill", "8ill")]
    [TestCase("ILL", "lll")]
    [TestCase("corner", "comer")]
    [TestCase("vvendy", "wendy")]
    [TestCase("vvv_x", "vwx")]
    [TestCase("vvv_x", "wvx")]
    [TestCase("a_b_c", "abc")]
    [TestCase("Zoe5", "2oes")]
    [TestCase("rn_n", "mn")]
    [TestCase("___", "_____")]
    public void Names_that_look_alike_have_one_skeleton(string one, string other) =>
        UsernameRules.Skeleton(one).ShouldBe(UsernameRules.Skeleton(other));

    [TestCase("alice", "alise")]
    [TestCase("bob", "rob")]
    [TestCase("user1", "user3")]
    [TestCase("nan", "man")]
    public void Other_names_have_other_skeletons(string one, string other) =>
        UsernameRules.Skeleton(one).ShouldNotBe(UsernameRules.Skeleton(other));

    [TestCase("GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432")]
    [TestCase("de89370400440532013000", "DE89370400440532013000")]
    [TestCase("AE070331234567890123456", "AE070331234567890123456")]
    [TestCase("CH9300762011623852957", "CH9300762011623852957")]
    [TestCase("GB82WEST12345698765433", null)]
    [TestCase("DE8937040044053201300", null)]
    [TestCase("DE00370400440532013000", null)]
    [TestCase("8937DE0400440532013000", null)]
    [TestCase("", null)]
    public void An_iban_has_the_right_sum_and_length(string text, string? expected) =>
        PaymentFormats.Check(PaymentFieldFormat.Iban, text).ShouldBe(expected);

    [Test]
    public void Any_one_wrong_digit_and_any_two_that_changed_places_break_an_iban()
    {
        const string Good = "DE89370400440532013000";
        for (var i = 2; i < Good.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != Good[i])
                {
                    PaymentFormats.Iban(Good[..i] + digit + Good[(i + 1)..]).ShouldBeNull();
                }
            }

            if (i + 1 < Good.Length && Good[i] != Good[i + 1])
            {
                PaymentFormats.Iban(Good[..i] + Good[i + 1] + Good[i] + Good[(i + 2)..]).ShouldBeNull();
            }
        }
    }

    [TestCase(PaymentFieldFormat.RoutingNumber, "021000021", "021000021")]
    [TestCase(PaymentFieldFormat.RoutingNumber, "021000022", null)]
    [TestCase(PaymentFieldFormat.RoutingNumber, "000000000", null)]
    [TestCase(PaymentFieldFormat.RoutingNumber, "02100002", null)]
    [TestCase(PaymentFieldFormat.Bic, "deutdeff", "DEUTDEFF")]
    [TestCase(PaymentFieldFormat.Bic, "DEUTDEFF500", "DEUTDEFF500")]
    [TestCase(PaymentFieldFormat.Bic, "DEUTDEFF5", null)]
    [TestCase(PaymentFieldFormat.Bic, "DEUT1EFF", null)]
    [TestCase(PaymentFieldFormat.SortCode, "123456", "12-34-56")]
    [TestCase(PaymentFieldFormat.SortCode, "12-34-56", "12-34-56")]
    [TestCase(PaymentFieldFormat.SortCode, "12345a", null)]
    [TestCase(PaymentFieldFormat.Phone, "+254 712-345 678", "+254712345678")]
    [TestCase(PaymentFieldFormat.Phone, "0712345678", null)]
    [TestCase(PaymentFieldFormat.PhoneOrEmail, "ann@example.com", "ann@example.com")]
    [TestCase(PaymentFieldFormat.PhoneOrEmail, "+12025550100", "+12025550100")]
    [TestCase(PaymentFieldFormat.PhoneOrEmail, "ann", null)]
    [TestCase(PaymentFieldFormat.AccountNumber, "0123 4567-89", "0123 4567-89")]
    [TestCase(PaymentFieldFormat.AccountNumber, "---", null)]
    [TestCase(PaymentFieldFormat.AccountNumber, "12345;drop", null)]
    [TestCase(PaymentFieldFormat.Text, "e\u0301\u202e", "\u00e9")]
    [TestCase(PaymentFieldFormat.Unknown, "x", null)]
    public void Fields_are_checked_by_their_format(PaymentFieldFormat format, string text, string? expected) =>
        PaymentFormats.Check(format, text).ShouldBe(expected);

    [TestCase(0, 0, 0)]
    [TestCase(2, 3, 66.67)]
    [TestCase(1, 8, 12.5)]
    [TestCase(1, 800, 0.12)]
    [TestCase(3, 800, 0.38)]
    [TestCase(7, 7, 100)]
    public void The_completion_rate_is_rounded_half_to_even(int completed, int total, decimal expected) =>
        ProfileRules.CompletionRate(completed, total).ShouldBe(expected);
}
