using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using P2P.Server.Accounts.SignIn;
using P2P.Tests.Shape;

namespace P2P.Tests.Accounts;

/// <summary>S50: what is secret comes from the system's generator, in its alphabet, and never repeats.</summary>
public sealed partial class SecretTests
{
    private const int Samples = 1_000_000;

    [Test]
    public void A_million_tickets_differ_and_use_every_sign_of_their_alphabet()
    {
        var seen = new ConcurrentDictionary<string, byte>();
        var signs = new long[128];
        for (var i = 0; i < Samples; i++)
        {
            var ticket = TicketFlow.NewSecret();
            seen.TryAdd(ticket, 0).ShouldBeTrue();
            foreach (var sign in ticket)
            {
                signs[sign]++;
            }
        }

        // 43 signs of 6 bits: 256 bits and two that are always zero.
        seen.Keys.ShouldAllBe(ticket => ticket.Length == 43);
        var used = Enumerable.Range(0, signs.Length).Where(sign => signs[sign] > 0).Select(sign => (char)sign).ToList();
        used.Count.ShouldBe(64);
        used.ShouldAllBe(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-' || sign == '_');
        var mean = signs.Sum() / 64.0;
        used.ShouldAllBe(sign => signs[sign] > 0.9 * mean && signs[sign] < 1.1 * mean);
    }

    [Test]
    public void Nothing_of_the_server_is_drawn_from_a_generator_that_can_be_foretold()
    {
        // Pauses, jitter and the order of draining may; they are harmless when they are known.
        string[] harmless = ["Jitter", "Delay", "Shuffle"];
        var foretold = Sources.Of("P2P.Server", "P2P.Client.Sdk", "P2P.Db").SelectMany(source => source.Text.Split('\n')
            .Select((line, number) => (source.Path, Number: number + 1, Line: line)))
            .Where(line => Foretold().IsMatch(line.Line) && !harmless.Any(word => line.Line.Contains(word, StringComparison.Ordinal)))
            .Select(line => $"{line.Path}:{line.Number} {line.Line.Trim()}");
        foretold.ShouldBeEmpty();
    }

    [GeneratedRegex(@"Random\.Shared|new Random\(")]
    private static partial Regex Foretold();
}
