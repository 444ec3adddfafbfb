using P2P.Server.Core;

namespace P2P.Tests.Rules;

/// <summary>What is left of a text that people are shown.</summary>
public sealed class PlainTextTests
{
    [TestCase(null, null)]
    [TestCase("", null)]
    [TestCase(" \u200b\u0007\r\n ", null)]
    [TestCase("  two\r\nlines\u2028three\t! ", "two\nlines\nthree !")]
    [TestCase("pay \u202eevil\u202c \u2066x\u2069\u061c", "pay evil x")]
    [TestCase("a\0b\u001b[31mc", "ab[31mc")]
    [TestCase("👩\u200d🚀 می\u200cخواهم", "👩\u200d🚀 می\u200cخواهم")]
    public void Only_what_is_shown_stays(string? text, string? clean) => PlainText.Clean(text).ShouldBe(clean);
}
