using P2P.Client.Sdk;

namespace P2P.Tests.Sdk;

/// <summary>The position in a file: replaced as a whole, and never guessed.</summary>
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
