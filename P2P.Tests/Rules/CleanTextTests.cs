using System.Text;
using P2P.Server.Core.Text;
using P2P.Tests.Support;

namespace P2P.Tests.Rules;

/// <summary>Text from people as it is stored (S36).</summary>
public sealed class CleanTextTests
{
    [TestCase("e\u0301", "\u00e9")]
    [TestCase("\u212b", "\u00c5")]
    [TestCase("\u1112\u1161\u11ab", "\ud55c")]
    [TestCase("a\u202eb\u2066c\u200fd", "abcd")]
    [TestCase("a\u200bb\ufeffc", "abc")]
    [TestCase("e\u200b\u0301", "\u00e9")]
    [TestCase("  a\tb\r\nc\u0000\u001b[31m ", "a b c[31m")]
    [TestCase("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u00e1\u0301\u0301\u0301\u0301")]
    [TestCase("\u202e \u200b", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void A_line_is_composed_and_without_what_deceives(string? text, string? expected) => CleanText.Line(text).ShouldBe(expected);

    [Test]
    public void Half_of_a_pair_becomes_the_replacement_character() => CleanText.Line("x\ud800y").ShouldBe("x\ufffdy");

    [Test]
    public void A_block_keeps_its_lines() => CleanText.Block(" a\r\nb\rc\u2028d\n\ne ").ShouldBe("a\nb\nc\nd\n\ne");

    [Test]
    public void Cleaning_twice_is_cleaning_once()
    {
        var random = new Random(7016);
        for (var i = 0; i < 2_000; i++)
        {
            var once = CleanText.Block(RandomText(random));
            CleanText.Block(once).ShouldBe(once);
        }
    }

    [Test]
    public void A_long_tower_of_marks_is_no_work()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 16_000; i++)
        {
            text.Append(i % 2 == 0 ? '\u0301' : '\u0323');
        }

        var from = Environment.TickCount64;
        CleanText.Line(text.ToString());
        (Environment.TickCount64 - from).ShouldBeLessThan(2_000);
    }

    [Test]
    public async Task Composition_is_what_PostgreSQL_says_for_every_character_and_for_random_texts()
    {
        await using var database = await TestDatabase.Create();
        var random = new Random(7016);
        var texts = Enumerable.Range(0x20, 0x2FA20 - 0x20)
            .Where(code => code is < 0xD800 or > 0xDFFF)
            .Chunk(4_000)
            .Select(codes => string.Join('|', codes.Select(char.ConvertFromUtf32)))
            .Concat(Enumerable.Range(0, 40).Select(_ => string.Join('|', Enumerable.Range(0, 200).Select(_ => RandomText(random)))));
        foreach (var text in texts)
        {
            var theirs = await TestPostgres.Scalar<string>(
                database.Superuser, $"select normalize('{text.Replace("'", "''", StringComparison.Ordinal)}', NFC)");
            Composition.Compose(text).ShouldBe(theirs);
        }
    }

    /// <summary>Letters that compose, marks of several classes, and what is taken out.</summary>
    private static string RandomText(Random random)
    {
        int[] pool =
        [
            'a', 'e', 'o', 'A', 'q', ' ', '\n', 0x300, 0x301, 0x323, 0x327, 0x345, 0x308, 0x59, 0x1EA1, 0x1100, 0x1161, 0x11A8, 0xAC00,
            0x0915, 0x093C, 0x0958, 0x0DD9, 0x0DCF, 0x202E, 0x200B, 0xF900, 0x1D15E, 0x1F600, 0x05D0, 0x05B7, 0x0344,
        ];
        return string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => char.ConvertFromUtf32(pool[random.Next(pool.Length)])));
    }
}
