using System.Buffers.Text;
using P2P.Contracts.Accounts;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>A device of a user's, as the user's key log proves it.</summary>
internal sealed record LogDevice(long UserId, byte[] KeyId, byte[] SigningKey, byte[] AgreementKey, int Seq)
{
    public bool IsActive { get; set; } = true;

    /// <summary>Both public keys, one after the other.</summary>
    public byte[] Keys => [.. SigningKey, .. AgreementKey];
}

/// <summary>A user's key log whose every link and signature was checked.</summary>
internal sealed class KeyLog
{
    private KeyLog(long userId, IReadOnlyList<LogDevice> devices, IReadOnlyList<byte[]> links, DeviceKeyLog source) =>
        (UserId, Devices, Links, Source) = (userId, devices, links, source);

    public long UserId { get; }

    /// <summary>Every device that the user ever had.</summary>
    public IReadOnlyList<LogDevice> Devices { get; }

    public IEnumerable<LogDevice> Active => Devices.Where(device => device.IsActive);

    /// <summary>The links, in order.</summary>
    public IReadOnlyList<byte[]> Links { get; }

    /// <summary>The log as it was read.</summary>
    public DeviceKeyLog Source { get; }

    public LogDevice? Find(ReadOnlySpan<byte> keyId)
    {
        foreach (var device in Devices)
        {
            if (keyId.SequenceEqual(device.KeyId))
            {
                return device;
            }
        }

        return null;
    }

    /// <exception cref="EncryptionException">KeyLogBroken: an entry is missing, changed, or not signed by whom it should be.</exception>
    public static KeyLog Read(DeviceKeyLog source)
    {
        var (devices, links) = (new List<LogDevice>(), new List<byte[]>());
        var log = new KeyLog(source.ProfileId, devices, links, source);
        var head = KeyStatement.First(source.ProfileId);
        foreach (var entry in source.Entries)
        {
            var statement = Base64Url.IsValid(entry.Statement) ? KeyStatement.TryRead(Base64Url.DecodeFromChars(entry.Statement)) : null;
            var isNext = statement is not null && statement.UserId == source.ProfileId && statement.Seq == links.Count + 1
                && statement.Previous.AsSpan().SequenceEqual(head);
            if (!isNext || !log.TryTake(statement!, devices)) // Not null: it is the next.
            {
                throw new EncryptionException(
                    EncryptionFault.KeyLogBroken, $"Entry {links.Count + 1} of the key log of profile {source.ProfileId} is not what was signed.");
            }

            head = statement!.Link; // Not null: it was taken.
            links.Add(head);
        }

        return log;
    }

    private bool TryTake(KeyStatement statement, List<LogDevice> devices)
    {
        var subject = Find(statement.KeyId);
        if (statement is { Kind: KeyStatementKind.Add, SigningKey: { } signingKey, AgreementKey: { } agreementKey })
        {
            if (subject is not null || !statement.SignerId.AsSpan().SequenceEqual(statement.KeyId) || !statement.IsSignedBy(signingKey))
            {
                return false;
            }

            devices.Add(new LogDevice(UserId, statement.KeyId, signingKey, agreementKey, statement.Seq));
            return true;
        }

        if (subject is not { IsActive: true }
            || Find(statement.SignerId) is not { IsActive: true } signer
            || !statement.IsSignedBy(signer.SigningKey))
        {
            return false;
        }

        subject.IsActive = false;
        return true;
    }
}
