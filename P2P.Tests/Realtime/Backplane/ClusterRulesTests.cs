using Microsoft.Extensions.Configuration;
using P2P.Server.Core;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Events;

namespace P2P.Tests.Realtime.Backplane;

/// <summary>What the backplane decides without Redis: which messages are genuine and new, and who is there.</summary>
public sealed class ClusterRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly ClusterSeal _seal = new(Key);

    [Test]
    public void What_was_sealed_opens_on_its_channel_only()
    {
        var message = _seal.Seal("p2p:a", 7, 42, Now, [1, 2, 3]);
        var opened = _seal.Open("p2p:a", message).ShouldNotBeNull();
        (opened.Node, opened.Number, opened.SentAt).ShouldBe((7, 42, Now));
        opened.Payload.ToArray().ShouldBe([1, 2, 3]);
        _seal.Open("p2p:b", message).ShouldBeNull();
        new ClusterSeal([.. Key.Reverse()]).Open("p2p:a", message).ShouldBeNull();
    }

    [Test]
    public void A_message_with_any_bit_changed_does_not_open()
    {
        var message = _seal.Seal("p2p:a", 7, 42, Now, [1, 2, 3]);
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            var changed = message.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            _seal.Open("p2p:a", changed).ShouldBeNull($"bit {bit}");
        }

        for (var length = 0; length < message.Length; length++)
        {
            _seal.Open("p2p:a", message[..length]).ShouldBeNull($"cut to {length}");
        }

        _seal.Open("p2p:a", null).ShouldBeNull();
    }

    [Test]
    public void Each_message_of_a_node_is_taken_once_in_any_order_within_the_window()
    {
        var seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var guard = new ReplayGuard();
        var taken = new Dictionary<(long, long), int>();
        var numbers = Enumerable.Range(1, 20_000).Select(number => (long)number).ToArray();
        for (var at = 0; at < numbers.Length; at += 500)
        {
            random.Shuffle(numbers.AsSpan(at, 500));
        }

        foreach (var number in numbers.SelectMany(number => Enumerable.Repeat(number, 1 + random.Next(3))))
        {
            var node = 1 + (number % 2);
            if (guard.Take(node, number, Now, Now) == Freshness.New)
            {
                taken[(node, number)] = taken.GetValueOrDefault((node, number)) + 1;
            }
        }

        taken.Count.ShouldBe(numbers.Length);
        taken.Values.ShouldAllBe(count => count == 1);
        guard.Take(1, 2, Now, Now).ShouldBe(Freshness.Replayed, "far behind");
    }

    [TestCase(-61, Freshness.Stale)]
    [TestCase(-59, Freshness.New)]
    [TestCase(59, Freshness.New)]
    [TestCase(61, Freshness.Stale)]
    public void A_message_is_taken_within_a_minute_of_its_time(int seconds, Freshness freshness) =>
        new ReplayGuard().Take(1, 1, Now.AddSeconds(seconds), Now).ShouldBe(freshness);

    [Test]
    public void A_peer_is_silent_after_a_second_dead_after_five_and_forgotten_after_sixty()
    {
        var peers = new ClusterPeers();
        peers.Heard(1).ShouldBeTrue();
        peers.Heard(1).ShouldBeFalse();
        Pass(3);
        (peers.AnySilent, peers.Alive).ShouldBe((false, [1L]), Same);
        Pass(1);
        (peers.AnySilent, peers.Alive).ShouldBe((true, [1L]), Same);
        Pass(16);
        (peers.AnySilent, peers.Alive).ShouldBe((true, []), Same);
        peers.Heard(1).ShouldBeTrue("it is back");
        peers.AnySilent.ShouldBeFalse();
        Pass(240);
        (peers.AnySilent, peers.Alive).ShouldBe((false, []), Same);

        void Pass(int beats)
        {
            for (var i = 0; i < beats; i++)
            {
                peers.Pass();
            }
        }
    }

    [Test]
    public void A_peer_that_says_that_it_ends_is_missed_by_nobody()
    {
        var peers = new ClusterPeers();
        peers.Heard(1);
        peers.Left(1);
        for (var i = 0; i < 10; i++)
        {
            peers.Pass();
        }

        peers.AnySilent.ShouldBeFalse();
    }

    [TestCase("", "", "p2p:", 1, false, TestName = "Without_Redis_nothing_else_is_asked_for")]
    [TestCase("redis:6379", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "p2p:", 1, false, TestName = "A_key_of_32_bytes_is_enough")]
    [TestCase("redis:6379", "", "p2p:", 1, true, TestName = "A_backplane_needs_a_key")]
    [TestCase("redis:6379", "AAECAwQFBgcICQoLDA0ODw==", "p2p:", 1, true, TestName = "A_key_of_16_bytes_is_too_short")]
    [TestCase("redis:6379", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "", 1, true, TestName = "A_prefix_is_never_empty")]
    [TestCase("redis:6379", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "p2p:", 0, true, TestName = "A_queue_has_a_length")]
    [TestCase("redis:6379,keepalive=x", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "p2p:", 1, true, TestName = "Options_must_be_readable")]
    public void Settings_are_checked_at_start(string redis, string key, string prefix, int queue, bool isRefused)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Backplane:Redis"] = redis,
            ["Backplane:Key"] = key,
            ["Backplane:Prefix"] = prefix,
            ["Backplane:QueueMessagesMax"] = $"{queue}",
        }).Build();
        if (isRefused)
        {
            Should.Throw<SettingsException>(() => BackplaneSettings.From(settings));
        }
        else
        {
            BackplaneSettings.From(settings).IsOn.ShouldBe(redis.Length > 0);
        }
    }

    [Test]
    public void Events_are_read_as_they_were_written()
    {
        AppendedEvent[] events =
        [
            new(1L << 52, "trade", 8, Ids.New(), "OrderChanged", """{"a":"ä"}""", Now),
            new(1L << 52, "trade", 9, Ids.New(), "MessageSent", "{}", Now.AddMicroseconds(1), """{"text":"hello"}"""),
        ];
        RelayFormat.Read(RelayFormat.Write(events)).ShouldBeOfType<List<AppendedEvent>>().ShouldBe(events);
        var signal = new RelayedSignal(5, "trade", "Typing", "{}");
        RelayFormat.Read(RelayFormat.Write(signal)).ShouldBe(signal);
        RelayFormat.Read(new byte[] { 99, 1, 2 }).ShouldBeNull("a newer node's");
    }

    private static readonly IEqualityComparer<(bool, IEnumerable<long>)> Same =
        EqualityComparer<(bool, IEnumerable<long>)>.Create((a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
}
