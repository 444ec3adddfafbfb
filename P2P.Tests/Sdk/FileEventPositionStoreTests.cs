using P2P.Client.Sdk;

namespace P2P.Tests.Sdk;

/// <summary>The position in a file: never torn, and never guessed.</summary>
[TestFixture]
internal sealed class FileEventPositionStoreTests
{
    [Test]
    public async Task Without_a_file_there_is_no_position()
    {
        using var folder = new TemporaryFolder();
        (await new FileEventPositionStore(folder.File("none")).LoadAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Test]
    public async Task The_last_saved_position_is_read_by_another_store()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(Path.Combine("deep", "alice"));
        var epoch = Guid.NewGuid();
        await new FileEventPositionStore(path).SaveAsync(new EventPosition(epoch, 1), CancellationToken.None);
        await new FileEventPositionStore(path).SaveAsync(new EventPosition(epoch, 2), CancellationToken.None);
        (await new FileEventPositionStore(path).LoadAsync(CancellationToken.None)).ShouldBe(new EventPosition(epoch, 2));
        Directory.GetFiles(Path.GetDirectoryName(path) ?? "").ShouldBe([path]);
    }

    [Test]
    public async Task Whatever_line_is_torn_the_newest_whole_one_counts()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("alice");
        var epoch = Guid.NewGuid();
        var store = new FileEventPositionStore(path);
        for (var seq = 1; seq <= 50; seq++)
        {
            await store.SaveAsync(new EventPosition(epoch, seq), CancellationToken.None);
            (await new FileEventPositionStore(path).LoadAsync(CancellationToken.None)).ShouldBe(new EventPosition(epoch, seq));
        }

        var whole = await File.ReadAllBytesAsync(path);
        for (var at = 0; at < whole.Length; at++)
        {
            var torn = (byte[])whole.Clone();
            torn[at] ^= 0x21;
            await File.WriteAllBytesAsync(path, torn);
            var loaded = (await new FileEventPositionStore(path).LoadAsync(CancellationToken.None)).ShouldNotBeNull();
            loaded.Epoch.ShouldBe(epoch);
            loaded.Seq.ShouldBeInRange(1, 50);
        }

        // Another program goes on where this one ended, though the newest line is torn.
        await File.WriteAllBytesAsync(path, whole);
        await new FileEventPositionStore(path).SaveAsync(new EventPosition(epoch, 51), CancellationToken.None);
        (await new FileEventPositionStore(path).LoadAsync(CancellationToken.None)).ShouldBe(new EventPosition(epoch, 51));
    }

    [Test]
    public async Task Twenty_thousand_positions_are_written_in_little_time()
    {
        using var folder = new TemporaryFolder();
        var store = new FileEventPositionStore(folder.File("alice"));
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var seq = 1; seq <= 20_000; seq++)
        {
            await store.SaveAsync(new EventPosition(Guid.Empty, seq), CancellationToken.None);
        }

        var took = System.Diagnostics.Stopwatch.GetElapsedTime(since);
        TestContext.Out.WriteLine($"20,000 positions in {took.TotalMilliseconds:0} ms");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("""{"Epoch":"7b0d0f5c-58f6-4c52-8f0e-6c6b5a3f1a11","Seq":-1}""")]
    public async Task A_damaged_file_is_told_instead_of_losing_events(string text)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("bad"), text);
        var store = new FileEventPositionStore(folder.File("bad"));
        await Should.ThrowAsync<InvalidDataException>(async () => await store.LoadAsync(CancellationToken.None));
    }
}
