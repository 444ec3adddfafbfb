using System.Globalization;
using System.Text;

namespace P2P.Tests.Faults;

/// <summary>Makes of a good frame or body one that no proper client would send. Everything follows from the seed.</summary>
internal sealed class FrameMutator(Random random)
{
    private static readonly string[] Extremes =
    [
        "0", "-1", "1e999", "9223372036854775807", "9223372036854775808", "-0", "1.5", "null", "true", "[]", "{}", "\"\"", "\"\\u0000\"",
        "\"\\ud800\"", "NaN", "0x10", "\"999999999999999999999.99\"", "\"../../etc/passwd\"", "\"' or 1=1 --\"", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
        "{\"__proto__\":{}}", "\"\u202eevil\"",
    ];

    public byte[] Mutate(string good, IReadOnlyList<string> others)
    {
        // Some stay as they are: what is fuzzed is a server at work.
        if (random.Next(8) == 0)
        {
            return Encoding.UTF8.GetBytes(good);
        }

        var text = good;
        for (var i = random.Next(3); i > 0; i--)
        {
            text = MutateText(text, others);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = random.Next(3); i > 0; i--)
        {
            bytes = MutateBytes(bytes);
        }

        return bytes;
    }

    public byte[] MutateBytes(byte[] bytes)
    {
        var at = random.Next(bytes.Length + 1);
        var length = random.Next(Math.Min(64, bytes.Length - at + 1));
        switch (random.Next(6))
        {
            case 0 when at < bytes.Length:
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            case 3:
                var noise = new byte[random.Next(1, 32)];
                random.NextBytes(noise);
                return [.. bytes[..at], .. noise, .. bytes[at..]];
            case 4:
                return bytes[..at];
            default:
                return [.. bytes[..at], 0xFF, 0xC0, 0x00, 0x1E, .. bytes[at..]];
        }
    }

    private string MutateText(string text, IReadOnlyList<string> others) => random.Next(8) switch
    {
        0 => ReplaceValue(text),
        1 => ReplaceValue(ReplaceValue(text)),
        2 => text.Replace("\"type\":1", $"\"type\":{random.Next(-1, 12).ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal),
        3 => text + (random.Next(2) == 0 ? "\u001e" : "") + others[random.Next(others.Count)],
        4 => text.Replace("\"arguments\":[", $"\"arguments\":[{new string('[', random.Next(80))}", StringComparison.Ordinal),
        5 => text.Replace("{\"", $"{{\"{(char)random.Next(32, 127)}\":1,\"", StringComparison.Ordinal),
        6 => text.Replace("\"target\":\"", $"\"target\":\"{(char)random.Next(65, 91)}", StringComparison.Ordinal),
        _ => Stretch(text),
    };

    /// <summary>Puts something else in the place of one value.</summary>
    private string ReplaceValue(string text)
    {
        var colon = text.IndexOf(':', random.Next(text.Length));
        if (colon < 0)
        {
            return text;
        }

        var end = text.IndexOfAny([',', '}', ']'], colon);
        return end < 0 ? text : text[..(colon + 1)] + Extremes[random.Next(Extremes.Length)] + text[end..];
    }

    /// <summary>Makes one text long, now and then longer than a frame may be.</summary>
    private string Stretch(string text)
    {
        var quote = text.IndexOf(":\"", random.Next(text.Length), StringComparison.Ordinal);
        var more = new string((char)random.Next(33, 127), random.Next(20) == 0 ? 40_000 : random.Next(1, 3_000));
        return quote < 0 ? text : text.Insert(quote + 2, more.Replace("\"", "x", StringComparison.Ordinal));
    }
}
