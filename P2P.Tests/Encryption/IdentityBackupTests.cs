using System.Buffers.Binary;
using System.Text;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Encryption;
using P2P.Tests.Sdk;
using P2P.Tests.Shape;

namespace P2P.Tests.Encryption;

/// <summary>A backup of an identity opens with its passphrase only, and is restored whole or not at all. (S57)</summary>
public sealed class IdentityBackupTests
{
    private const string Passphrase = "correct horse battery staple €";
    private const int HeaderBytes = 38;
    private const int IterationsAt = 6;

    [Test]
    public async Task An_identity_comes_back_whole_on_another_machine()
    {
        using var folder = new TemporaryFolder();
        var store = await Filled();
        var backup = await IdentityBackup.MakeAsync(store, Passphrase);
        var seen = await IdentityBackup.LookAsync(backup, Passphrase);
        seen.ShouldBe(seen with { Users = 2, Rooms = 1 });
        seen.MadeAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        foreach (var fresh in new IKeyStore[] { new MemoryKeyStore(), new FileKeyStore(folder.File("plain")), new FileKeyStore(folder.File("locked"), Passphrase) })
        {
            (await IdentityBackup.RestoreAsync(fresh, backup, Passphrase)).ShouldBe(seen);
            (await fresh.ListAsync(default)).Order().ShouldBe((await store.ListAsync(default)).Order());
            foreach (var name in await store.ListAsync(default))
            {
                (await fresh.LoadAsync(name, default)).ShouldBe(await store.LoadAsync(name, default), name);
            }
        }

        // What was typed in another form of Unicode is the same passphrase.
        var composed = await IdentityBackup.MakeAsync(store, "sésame ouvre-toi".Normalize(NormalizationForm.FormC));
        (await IdentityBackup.LookAsync(composed, "sésame ouvre-toi".Normalize(NormalizationForm.FormD))).Rooms.ShouldBe(1);
    }

    [Test]
    public async Task Another_passphrase_a_changed_byte_and_a_cut_all_look_alike()
    {
        var backup = await IdentityBackup.MakeAsync(await Filled(), Passphrase);
        Encoding.Latin1.GetString(backup).ShouldNotContain("room.");
        var faults = new List<EncryptionException>
        {
            await NotOpened(backup, Passphrase + " "),
            await NotOpened(backup, ""),
            await NotOpened([], Passphrase),
            await NotOpened(backup[..^1], Passphrase),
            await NotOpened([.. backup, 0], Passphrase),
            await NotOpened(backup[..HeaderBytes], Passphrase),
        };
        var tried = faults.Count;
        for (var at = 0; at < backup.Length; at += at < HeaderBytes ? 1 : 61)
        {
            var changed = backup.ToArray();
            changed[at] ^= (byte)(1 << (at % 8));
            faults.Add(await NotOpened(changed, Passphrase));
        }

        faults.Count.ShouldBeGreaterThan(tried + HeaderBytes);
        faults.Select(fault => (fault.Fault, fault.Message)).Distinct().Count().ShouldBe(1);
    }

    [Test]
    public async Task Too_few_and_too_many_rounds_are_refused_without_work()
    {
        var backup = await IdentityBackup.MakeAsync(await Filled(), Passphrase);
        BinaryPrimitives.ReadInt32BigEndian(backup.AsSpan(IterationsAt)).ShouldBe(600_000);
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var rounds in new[] { int.MinValue, -1, 0, 1, 599_999, 10_000_001, int.MaxValue })
        {
            BinaryPrimitives.WriteInt32BigEndian(backup.AsSpan(IterationsAt), rounds);
            await NotOpened(backup, Passphrase);
        }

        System.Diagnostics.Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
    }

    [Test]
    public async Task Nothing_is_restored_over_an_identity_or_half()
    {
        using var folder = new TemporaryFolder();
        var backup = await IdentityBackup.MakeAsync(await Filled(), Passphrase);
        foreach (var store in new IKeyStore[] { new MemoryKeyStore(), new FileKeyStore(folder.File("taken")) })
        {
            await store.SaveAsync("device", [1], default);
            await Should.ThrowAsync<InvalidOperationException>(() => IdentityBackup.RestoreAsync(store, backup, Passphrase));
            (await store.ListAsync(default)).ShouldBe(["device"]);
            (await store.LoadAsync("device", default)).ShouldBe([1]);
        }

        // One of the values cannot be stored: no other is, and no folder is left.
        var fresh = new FileKeyStore(folder.File("fresh"));
        await Should.ThrowAsync<ArgumentException>(() => fresh.FillAsync(
            new Dictionary<string, byte[]> { ["device"] = [1], ["no name"] = [2] }, default).AsTask());
        Directory.GetFileSystemEntries(Path.GetDirectoryName(folder.File("fresh"))!, "fresh*").ShouldBeEmpty();
        await IdentityBackup.RestoreAsync(fresh, backup, Passphrase);
        await Should.ThrowAsync<EncryptionException>(() => IdentityBackup.RestoreAsync(new MemoryKeyStore(), backup, "another passphrase"));
    }

    [Test]
    public async Task There_is_no_backup_of_nothing_or_under_a_short_passphrase()
    {
        (await Should.ThrowAsync<EncryptionException>(() => IdentityBackup.MakeAsync(new MemoryKeyStore(), Passphrase)))
            .Fault.ShouldBe(EncryptionFault.NoDevice);
        await Should.ThrowAsync<ArgumentException>(async () => await IdentityBackup.MakeAsync(await Filled(), "elevenchars"));
        Should.Throw<ArgumentException>(() => new FileKeyStore("x", "elevenchars"));
    }

    [Test]
    public void A_document_is_made_of_these_bytes()
    {
        // docs/encryption.md publishes them, for whoever writes another client.
        var made = PassphraseSeal.Seal(Passphrase, "{}"u8, "p2p-identity-backup-1", random =>
        {
            for (var i = 0; i < random.Length; i++)
            {
                random[i] = (byte)i;
            }
        });
        var hex = Convert.ToHexStringLower(made);
        File.ReadAllText(Path.Combine(Sources.Root, "docs", "encryption.md")).ShouldContain(hex);
        PassphraseSeal.Open(Passphrase, made, "p2p-identity-backup-1").ShouldBe("{}"u8.ToArray());
        PassphraseSeal.Open(Passphrase, made, "p2p-key-folder-1").ShouldBeNull();
    }

    private static async Task<EncryptionException> NotOpened(byte[] backup, string passphrase)
    {
        var fault = await Should.ThrowAsync<EncryptionException>(() => IdentityBackup.LookAsync(backup, passphrase));
        fault.Fault.ShouldBe(EncryptionFault.BackupNotOpened);
        return fault;
    }

    private static async Task<MemoryKeyStore> Filled()
    {
        var store = new MemoryKeyStore();
        await store.SaveAsync("device", Device.Make().Write(), default);
        await store.SaveAsync(Peer.Name(1), new Peer { Seq = 1, Link = [1, 2] }.Write(), default);
        await store.SaveAsync(Peer.Name(2), new Peer { Seq = 2, Link = [3], Verified = [4] }.Write(), default);
        await store.SaveAsync(RoomPin.Name(Guid.NewGuid()), new RoomPin { BuyerId = 1, SellerId = 2, IsOn = true }.Write(), default);
        await store.SaveAsync("invitation.x", [9], default);
        return store;
    }
}
