using P2P.Client.Sdk;
using P2P.Tests.Sdk;

namespace P2P.Tests.Encryption;

/// <summary>Where a device keeps its keys.</summary>
public sealed class KeyStoreTests
{
    [Test]
    public async Task A_file_store_keeps_for_its_owner_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("keys");
        await Keeps(new FileKeyStore(path));
        (await new FileKeyStore(path).LoadAsync("device", default)).ShouldBe([4, 5]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(Path.Combine(path, "device")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.GetFiles(path).Length.ShouldBe(1);
        foreach (var name in new[] { "", "../device", "a/b", ".x", "A", new string('a', 61) })
        {
            Should.Throw<ArgumentException>(() => new FileKeyStore(path).LoadAsync(name, default).AsTask().GetAwaiter().GetResult());
        }
    }

    [Test]
    public Task A_memory_store_keeps_while_the_program_runs() => Keeps(new MemoryKeyStore());

    private static async Task Keeps(IKeyStore store)
    {
        (await store.LoadAsync("device", default)).ShouldBeNull();
        byte[] value = [1, 2, 3];
        await store.SaveAsync("device", value, default);
        value[0] = 9;
        (await store.LoadAsync("device", default)).ShouldBe([1, 2, 3]);
        await store.SaveAsync("device", [4, 5], default);
        (await store.LoadAsync("device", default)).ShouldBe([4, 5]);
    }
}
