using P2P.Db;

namespace P2P.Server.Accounts.PaymentMethods;

/// <summary>A row of the catalogue.</summary>
internal sealed record PaymentMethodRow
{
    public required long Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public string? Country { get; init; }
    public required string Currency { get; init; }
    public required string Fields { get; init; }
    public required bool Active { get; init; }
}

/// <summary>Reads of the catalogue, which scripts and staff write.</summary>
internal static class PaymentMethodSql
{
    public static Task<IEnumerable<PaymentMethodRow>> All(Tx tx) =>
        tx.Query<PaymentMethodRow>(
            """
            select id, code, name, kind, country, currency, cast(fields as text) as fields, active
              from payment_methods
             order by name, id
            """);
}
