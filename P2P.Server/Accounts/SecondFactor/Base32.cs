using System.Text;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>Bytes as people type them: base32 of RFC 4648, capital letters, without padding.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerChar = 5;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(((bytes.Length * 8) + BitsPerChar - 1) / BitsPerChar);
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            buffer = (buffer << 8) | one;
            bits += 8;
            while (bits >= BitsPerChar)
            {
                bits -= BitsPerChar;
                text.Append(Alphabet[(buffer >> bits) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(buffer << (BitsPerChar - bits)) & 31]).ToString();
    }

    /// <summary>A letter or digit of the alphabet.</summary>
    public static bool IsChar(char c) => Alphabet.Contains(c, StringComparison.Ordinal);
}
