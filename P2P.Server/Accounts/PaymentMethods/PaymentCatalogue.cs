using System.Text.Json;
using System.Text.Json.Serialization;
using P2P.Contracts.Accounts;
using P2P.Db;

namespace P2P.Server.Accounts.PaymentMethods;

/// <summary>The catalogue of payment methods in memory; read again every two seconds, because staff of any node change it.</summary>
public sealed class PaymentCatalogue(Database database, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    private static readonly JsonSerializerOptions FieldsJson = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private volatile Contents? _contents;

    /// <summary>Fields as the catalogue keeps them.</summary>
    internal static string Spell(IReadOnlyList<PaymentField> fields) => JsonSerializer.Serialize(fields, FieldsJson);

    /// <summary>Fields as they are kept.</summary>
    internal static IReadOnlyList<PaymentField> FieldsOf(string kept) =>
        JsonSerializer.Deserialize<List<PaymentField>>(kept, FieldsJson) ?? throw new InvalidOperationException("A payment method has no fields.");

    /// <summary>All methods that were ever offered, and those that are.</summary>
    public async ValueTask<Contents> Read(CancellationToken cancellation)
    {
        if (_contents is { } known && time.GetElapsedTime(known.ReadAt) < Kept)
        {
            return known;
        }

        var rows = (await database.Read(PaymentMethodSql.All, cancellation)).ToList();
        return _contents = new Contents
        {
            ReadAt = time.GetTimestamp(),
            ById = rows.ToDictionary(row => row.Id, MethodOf),
            Active = [.. rows.Where(row => row.Active).Select(MethodOf)],
        };
    }

    private static PaymentMethod MethodOf(PaymentMethodRow row) => new()
    {
        Id = row.Id,
        Code = row.Code,
        Name = row.Name,
        Kind = Enum.Parse<PaymentMethodKind>(row.Kind),
        Country = row.Country,
        Currency = row.Currency,
        Fields = FieldsOf(row.Fields),
    };

    /// <summary>The catalogue as it was read.</summary>
    public sealed class Contents
    {
        public required long ReadAt { get; init; }

        /// <summary>All, also those that are offered no longer: payment accounts of theirs may still be shown.</summary>
        public required IReadOnlyDictionary<long, PaymentMethod> ById { get; init; }

        /// <summary>Those that are offered, by name.</summary>
        public required IReadOnlyList<PaymentMethod> Active { get; init; }

        public bool IsActive(long id) => Active.Any(method => method.Id == id);
    }
}
