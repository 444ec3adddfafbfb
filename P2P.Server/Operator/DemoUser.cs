using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>One demo user: who it is, where it can be paid, what it has.</summary>
/// <param name="Sub">The subject in tokens, and the username unless that is taken.</param>
/// <param name="Phone">The phone number, also of its mobile money accounts.</param>
/// <param name="Currency">The preferred currency.</param>
/// <param name="IsMerchant">Verified, and trades as a business.</param>
/// <param name="Accounts">Payment accounts: the method's code and its fields.</param>
/// <param name="Balances">What it is given once.</param>
internal sealed record DemoUser(
    string Sub,
    string Phone,
    string Currency,
    bool IsMerchant,
    IReadOnlyList<(string Method, (string Key, string Value)[] Fields)> Accounts,
    IReadOnlyList<(string Asset, decimal Amount)> Balances)
{
    public static readonly DemoUser Alice = new(
        "alice",
        "+254700000001",
        "KES",
        IsMerchant: false,
        [
            ("mpesa-ke", [("holder", "Alice Wanjiku"), ("phone", "+254700000001")]),
            ("airtel-ke", [("holder", "Alice Wanjiku"), ("phone", "+254733000001")]),
            ("sepa", [("holder", "Alice Wanjiku"), ("iban", "DE89370400440532013000"), ("bic", "COBADEFFXXX")]),
        ],
        [("BTC", 1m), ("ETH", 10m), ("USDT", 20_000m)]);

    public static readonly DemoUser Bob = new(
        "bob",
        "+12025550102",
        "USD",
        IsMerchant: false,
        [
            ("zelle", [("holder", "Bob Miller"), ("contact", "bob@example.com")]),
            ("wise-usd", [("holder", "Bob Miller"), ("email", "bob@example.com")]),
            ("mpesa-ke", [("holder", "Bob Miller"), ("phone", "+254700000002")]),
        ],
        [("BTC", 2m), ("SOL", 200m), ("USDT", 50_000m)]);

    public static readonly DemoUser Carol = new(
        "carol",
        "+4915100000003",
        "EUR",
        IsMerchant: false,
        [
            ("sepa", [("holder", "Carol Schmidt"), ("iban", "GB82WEST12345698765432")]),
            ("revolut-eur", [("holder", "Carol Schmidt"), ("tag", "@carol")]),
            ("faster-payments", [("holder", "Carol Schmidt"), ("sort_code", "12-34-56"), ("account", "12345678")]),
        ],
        [("BTC", 3m), ("ETH", 40m), ("USDC", 30_000m)]);

    public static readonly DemoUser Merchant = new(
        "merchant",
        "+254700000004",
        "KES",
        IsMerchant: true,
        [
            ("mpesa-ke", [("holder", "Demo Exchange Ltd"), ("phone", "+254700000004")]),
            ("bank-ke", [("holder", "Demo Exchange Ltd"), ("bank", "Equity Bank"), ("account", "0123456789")]),
            ("sepa", [("holder", "Demo Exchange Ltd"), ("iban", "NL91ABNA0417164300")]),
            ("zelle", [("holder", "Demo Exchange Ltd"), ("contact", "desk@example.com")]),
            ("bank-ng", [("holder", "Demo Exchange Ltd"), ("bank", "Zenith Bank"), ("account", "9876543210")]),
        ],
        [("BTC", 20m), ("ETH", 200m), ("USDT", 500_000m), ("USDC", 200_000m)]);

    public static readonly IReadOnlyList<DemoUser> All = [Alice, Bob, Carol, Merchant];

    /// <summary>This user as flows take one.</summary>
    public async Task<Caller> Caller(IServiceProvider services, CancellationToken cancellation) =>
        new(await services.GetRequiredService<UserDirectory>().IdOf(Sub, cancellation), Sub);
}
