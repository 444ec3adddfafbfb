using System.Globalization;

namespace DemoTraders;

/// <summary>Somebody whom the demo plays.</summary>
/// <param name="Name">The username, and the subject in tokens.</param>
/// <param name="Number">Tells phone numbers and the like apart.</param>
internal sealed record Person(string Name, int Number)
{
    private static readonly string[] Ibans =
    [
        "DE89370400440532013000", "FR1420041010050500013M02606", "NL91ABNA0417164300", "ES9121000418450200051332",
        "IT60X0542811101000000123456", "AT611904300234573201", "BE68539007547034", "PT50000201231234567890154",
    ];

    /// <summary>Two of the server's own demo users come first, so that their ads are answered too.</summary>
    public static readonly IReadOnlyList<Person> All =
    [
        .. new[]
        {
            "merchant", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "karl", "laura", "mallory",
            "nina", "olivia", "peggy", "quentin", "rupert", "sybil", "trent", "ursula", "victor", "wendy", "xavier", "yara",
        }.Select((name, i) => new Person(name, i)),
    ];

    public string Phone => string.Create(CultureInfo.InvariantCulture, $"+2547111{Number:00000}");

    /// <summary>What a payer must know, for a field of any payment method that the demo uses.</summary>
    public string Field(string key) => key switch
    {
        "holder" => $"{char.ToUpperInvariant(Name[0])}{Name[1..]} Demo",
        "phone" => Phone,
        "iban" => Ibans[Number % Ibans.Length],
        "tag" => $"@{Name}",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "The demo has nothing to say here."),
    };
}
