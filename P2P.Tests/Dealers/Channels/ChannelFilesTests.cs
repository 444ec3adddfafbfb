using System.Security.Cryptography;
using System.Text;
using P2P.Client.Sdk.Channels;
using P2P.Tests.Sdk;

namespace P2P.Tests.Dealers.Channels;

/// <summary>Files over a channel: whole or not at all, on from where they were, and nothing that a lying sender sends.</summary>
public sealed class ChannelFilesTests
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes((3 * 1024 * 1024) + 17);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Files_of_all_sizes_arrive_whole()
    {
        using var folder = new TemporaryFolder();
        var pair = new Pair();
        foreach (var size in new[] { 0, 1, ChannelFiles.PartBytesMax - 1, ChannelFiles.PartBytesMax, ChannelFiles.PartBytesMax + 1, Content.Length })
        {
            var path = folder.File($"{size}");
            var (told, had) = (new Reports(), new Reports());
            var sending = pair.Here.SendAsync(new MemoryStream(Content, 0, size), "a", had, default);
            var file = await Offered(pair.There);
            file.Size.ShouldBe(size);
            await file.SaveAsync(path, told);
            (await sending.WaitAsync(Soon)).ShouldBeTrue();
            File.ReadAllBytes(path).AsSpan().SequenceEqual(Content.AsSpan(0, size)).ShouldBeTrue();
            told.All.ShouldBe(told.All.Order());
            (told.All.Count == 0 ? 0 : told.All[^1]).ShouldBe(size);
            had.All.ShouldBe(had.All.Order());
            (had.All.Count == 0 ? 0 : had.All[^1]).ShouldBe(size);
            Directory.GetFiles(Path.GetDirectoryName(path)!, "*.part").ShouldBeEmpty();
        }
    }

    [Test]
    public async Task What_was_there_is_not_sent_again()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("lamps");
        var pair = new Pair();
        using (var cut = new CancellationTokenSource())
        {
            var sending = pair.Here.SendAsync(new MemoryStream(Content), "lamps", null, default);
            var file = await Offered(pair.There);
            await Should.ThrowAsync<OperationCanceledException>(() => file.SaveAsync(path, new Reports(at => CancelAt(at, cut)), cut.Token));
            (await sending.WaitAsync(Soon)).ShouldBeFalse();
        }

        File.Exists(path).ShouldBeFalse();
        var kept = new FileInfo(Directory.GetFiles(Path.GetDirectoryName(path)!, "lamps.*.part").Single()).Length;
        kept.ShouldBeInRange(1024 * 1024, Content.Length - 1);

        // Both programs are others now.
        pair = new Pair();
        var again = pair.Here.SendAsync(new MemoryStream(Content), "lamps", null, default);
        await (await Offered(pair.There)).SaveAsync(path);
        (await again.WaitAsync(Soon)).ShouldBeTrue();
        File.ReadAllBytes(path).AsSpan().SequenceEqual(Content).ShouldBeTrue();
        pair.SentParts.ShouldBeLessThan(Content.Length - kept + ChannelFiles.PartBytesMax);

        // And a third time nothing at all is sent, but another file is never written over.
        pair = new Pair();
        again = pair.Here.SendAsync(new MemoryStream(Content), "lamps", null, default);
        await (await Offered(pair.There)).SaveAsync(path);
        (await again.WaitAsync(Soon)).ShouldBeTrue();
        pair.SentParts.ShouldBe(0);
        again = pair.Here.SendAsync(new MemoryStream(Content, 1, 100), "lamps", null, default);
        var other = await Offered(pair.There);
        await Should.ThrowAsync<IOException>(() => other.SaveAsync(path));
        (await again.WaitAsync(Soon)).ShouldBeFalse();
        File.ReadAllBytes(path).Length.ShouldBe(Content.Length);
    }

    /// <summary>The other program ends amid a file, and the next one goes on with it: the sender waits through that.</summary>
    [Test]
    public async Task A_receiver_that_begins_anew_goes_on()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("lamps");
        var pair = new Pair();
        var sending = pair.Here.SendAsync(new MemoryStream(Content), "lamps", null, default);
        using var killed = new CancellationTokenSource();
        var first = await Offered(pair.There);
        await Should.ThrowAsync<OperationCanceledException>(() => first.SaveAsync(
            path,
            new Reports(at =>
            {
                pair.IsMute |= at >= 1024 * 1024; // As if it had been killed: it says no last word.
                CancelAt(at, killed);
            }),
            killed.Token));
        pair.Next();
        await (await Offered(pair.There)).SaveAsync(path);
        (await sending.WaitAsync(Soon)).ShouldBeTrue();
        File.ReadAllBytes(path).AsSpan().SequenceEqual(Content).ShouldBeTrue();
    }

    [Test]
    public async Task What_is_refused_taken_back_or_cut_off_ends_for_both()
    {
        using var folder = new TemporaryFolder();
        var pair = new Pair();
        var refused = pair.Here.SendAsync(new MemoryStream(Content), "a", null, default);
        var file = await Offered(pair.There);
        file.Refuse();
        (await refused.WaitAsync(Soon)).ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(() => file.SaveAsync(folder.File("a")));

        using var cancelled = new CancellationTokenSource();
        var back = pair.Here.SendAsync(new MemoryStream(Content), "a", null, cancelled.Token);
        file = await Offered(pair.There);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => back);
        (await Should.ThrowAsync<IOException>(() => file.SaveAsync(folder.File("a")))).Message.ShouldContain("taken the file back");

        var open = pair.Here.SendAsync(new MemoryStream(Content), "a", null, default);
        file = await Offered(pair.There);
        pair.Here.End();
        pair.There.End();
        await Should.ThrowAsync<IOException>(() => open);
        await Should.ThrowAsync<IOException>(() => file.SaveAsync(folder.File("a")));
        await Should.ThrowAsync<IOException>(() => pair.Here.SendAsync(new MemoryStream(Content), "a", null, default));
        (await pair.There.Offers.WaitToReadAsync()).ShouldBeFalse();
    }

    [Test]
    public async Task A_sender_that_lies_gets_nothing_onto_the_disk()
    {
        using var folder = new TemporaryFolder();
        var (path, there) = (folder.File("a"), new Pair().There);

        // Other bytes than were offered.
        var id = Guid.CreateVersion7();
        there.Hear(OfferOf(id, 10, "a"));
        var saving = (await Offered(there)).SaveAsync(path);
        await Task.Delay(100);
        there.Hear([ChannelFiles.Part, .. id.ToByteArray(true), .. new byte[8], .. new byte[10]]);
        await Should.ThrowAsync<InvalidDataException>(() => saving.WaitAsync(Soon));
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBeEmpty();

        // More than was asked for.
        id = Guid.CreateVersion7();
        there.Hear(OfferOf(id, 100_000_000, "a"));
        var flooded = await Offered(there);
        for (var i = 0; i < 1_000; i++)
        {
            there.Hear([ChannelFiles.Part, .. id.ToByteArray(true), .. new byte[8], .. new byte[ChannelFiles.PartBytesMax]]);
        }

        await Should.ThrowAsync<IOException>(() => flooded.SaveAsync(path).WaitAsync(Soon));

        // Offers without end, and what is no message at all.
        for (var i = 0; i < 1_000; i++)
        {
            there.Hear(OfferOf(Guid.CreateVersion7(), 1, "a"));
        }

        there.Offers.Count.ShouldBe(64);
        foreach (var length in Enumerable.Range(0, 80))
        {
            foreach (var kind in Enumerable.Range(0, 9))
            {
                there.Hear([(byte)kind, .. Enumerable.Repeat((byte)255, length)]);
            }
        }

        there.Offers.Count.ShouldBe(64);
    }

    [TestCase("../../etc/passwd", "passwd")]
    [TestCase("C:\\Windows\\x.dll", "x.dll")]
    [TestCase("a\u202Efdp.exe", "afdp.exe")]
    [TestCase("..", "file")]
    [TestCase("a/", "file")]
    [TestCase(" x:y?.txt ", "x_y_.txt")]
    [TestCase("Bei uns – 10 €.pdf", "Bei uns – 10 €.pdf")]
    public void A_name_is_no_path(string sent, string shown) => ChannelFiles.SafeName(sent).ShouldBe(shown);

    private static void CancelAt(long at, CancellationTokenSource cut)
    {
        if (at >= 1024 * 1024)
        {
            cut.Cancel();
        }
    }

    private static async Task<ChannelFile> Offered(ChannelFiles files) => await files.Offers.ReadAsync().AsTask().WaitAsync(Soon);

    private static byte[] OfferOf(Guid id, long size, string name)
    {
        var bytes = BitConverter.GetBytes(size);
        Array.Reverse(bytes);
        return [ChannelFiles.Offer, .. id.ToByteArray(true), .. bytes, .. new byte[32], .. Encoding.UTF8.GetBytes(name)];
    }

    /// <summary>Two sides whose messages reach each other in order, as the channel carries them.</summary>
    private sealed class Pair
    {
        private volatile bool _isMute;
        private long _sentParts;

        public Pair()
        {
            Here = new ChannelFiles(async (message, _) =>
            {
                await Task.Yield();
                Interlocked.Add(ref _sentParts, message[0] == ChannelFiles.Part ? message.Length - 25 : 0);
                There!.Hear(message); // Not null: made below.
            });
            There = Receiver();
        }

        public ChannelFiles Here { get; }

        public ChannelFiles There { get; private set; }

        public long SentParts => Interlocked.Read(ref _sentParts);

        /// <summary>What the receiver says does not reach the sender.</summary>
        public bool IsMute
        {
            get => _isMute;
            set => _isMute = value;
        }

        /// <summary>Another program is at the other end.</summary>
        public void Next()
        {
            There = Receiver();
            _isMute = false;
            Here.Restart();
        }

        private ChannelFiles Receiver() => new((message, _) =>
        {
            if (!_isMute)
            {
                Here.Hear(message);
            }

            return ValueTask.CompletedTask;
        });
    }

    private sealed class Reports(Action<long>? then = null) : IProgress<long>
    {
        public List<long> All { get; } = [];

        public void Report(long value)
        {
            All.Add(value);
            then?.Invoke(value);
        }
    }
}
