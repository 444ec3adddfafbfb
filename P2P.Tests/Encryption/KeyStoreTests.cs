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

    /// <summary>Whoever finds the folder finds nothing, and nothing is ever written under another passphrase. (S57)</summary>
    [Test]
    public async Task A_file_store_with_a_passphrase_opens_with_no_other()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("keys");
        await Keeps(new FileKeyStore(path, "correct horse battery"));
        (await new FileKeyStore(path, "correct horse battery").LoadAsync("device", default)).ShouldBe([4, 5]);
        (await new FileKeyStore(path, "correct horse battery").ListAsync(default)).ShouldBe(["device"]);
        File.ReadAllBytes(Path.Combine(path, "device")).Length.ShouldBe(2 + 28);

        var other = new FileKeyStore(path, "incorrect horse battery");
        foreach (var use in new Func<ValueTask>[]
        {
            async () => await other.LoadAsync("device", default), () => other.SaveAsync("device", [6], default), () => other.SaveAsync("fresh", [6], default),
        })
        {
            (await Should.ThrowAsync<EncryptionException>(() => use().AsTask())).Fault.ShouldBe(EncryptionFault.BackupNotOpened);
        }

        await Should.ThrowAsync<InvalidOperationException>(() => new FileKeyStore(path).LoadAsync("device", default).AsTask());
        await Should.ThrowAsync<InvalidOperationException>(() => new FileKeyStore(path).SaveAsync("fresh", [6], default).AsTask());

        // One value in the place of another is found, and so is a changed one.
        var owner = new FileKeyStore(path, "correct horse battery");
        File.Copy(Path.Combine(path, "device"), Path.Combine(path, "moved"));
        (await Should.ThrowAsync<EncryptionException>(() => owner.LoadAsync("moved", default).AsTask())).Fault.ShouldBe(EncryptionFault.BackupNotOpened);
        var bytes = File.ReadAllBytes(Path.Combine(path, "device"));
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(path, "device"), bytes);
        await Should.ThrowAsync<EncryptionException>(() => owner.LoadAsync("device", default).AsTask());

        // A folder that was made without does not take one.
        await new FileKeyStore(folder.File("open")).SaveAsync("device", [1], default);
        var late = new FileKeyStore(folder.File("open"), "correct horse battery");
        await Should.ThrowAsync<InvalidOperationException>(() => late.LoadAsync("device", default).AsTask());
        await Should.ThrowAsync<InvalidOperationException>(() => late.SaveAsync("device", [2], default).AsTask());
    }

    [Test]
    public async Task Many_first_savers_share_one_header()
    {
        for (var round = 0; round < 3; round++)
        {
            using var folder = new TemporaryFolder();
            var path = folder.File("keys");
            FileKeyStore[] stores = [new(path, "correct horse battery"), new(path, "correct horse battery")];
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => stores[i % 2].SaveAsync($"room.{i}", [(byte)i], default).AsTask()));
            var fresh = new FileKeyStore(path, "correct horse battery");
            for (var i = 0; i < 8; i++)
            {
                (await fresh.LoadAsync($"room.{i}", default)).ShouldBe([(byte)i]);
            }
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
