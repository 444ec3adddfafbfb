using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;

namespace P2P.Server.Deals.Chat;

/// <summary>Where a room's chain stands.</summary>
public sealed record RoomChainFacts
{
    public required EncryptionState State { get; init; }

    public long ProposerId { get; init; }

    public required int Epoch { get; init; }

    public required int Length { get; init; }

    public required byte[] Head { get; init; }

    /// <summary>For which devices the newest key is.</summary>
    public byte[]? KeySet { get; init; }

    /// <summary>The chain of a room whose encryption nobody proposed.</summary>
    public static RoomChainFacts Empty(RoomFacts room) => new()
    {
        State = EncryptionState.Off,
        Epoch = 0,
        Length = 0,
        Head = Envelope.Anchor(room.OrderId, room.BuyerId, room.SellerId),
    };
}

/// <summary>Pure decisions about encrypted rooms: what can be told without the key.</summary>
public static class EncryptionRules
{
    /// <summary>An envelope of one kind. Whatever is wrong with its shape, its signature or its place, the answer is the same.</summary>
    public static Envelope Read(string text, EnvelopeKind kind) =>
        KeyRules.Bytes(text, Limits.EnvelopeBytesMax) is { } bytes && Envelope.TryRead(bytes) is { } envelope && envelope.Head.Kind == kind
            ? envelope
            : throw Malformed();

    /// <summary>In place of text, not beside it.</summary>
    public static void CheckAlone(SendMessageRequest request)
    {
        if (request.Text is not null)
        {
            throw new Refused(ErrorCodes.BadInput, "An envelope comes without text.", ("path", "envelope"));
        }
    }

    /// <summary>The envelope is for this room and request, and a device of the sender's signed it.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="orderId">The room.</param>
    /// <param name="requestId">The request that brings it.</param>
    /// <param name="senderId">Who sends it.</param>
    /// <param name="devices">Every device that the parties ever had.</param>
    public static void CheckSigned(Envelope envelope, Guid orderId, Guid requestId, long senderId, IReadOnlyCollection<DeviceRow> devices)
    {
        var device = devices.FirstOrDefault(one => one.UserId == senderId && one.KeyId.AsSpan().SequenceEqual(envelope.Head.KeyId));
        if (device is null || envelope.Head.OrderId != orderId || envelope.Head.Id != requestId || !envelope.IsSignedBy(device.SigningKey))
        {
            throw Malformed();
        }

        if (!device.IsActive)
        {
            throw new Refused(ErrorCodes.DeviceRevoked, "The device that signed is revoked.");
        }
    }

    /// <summary>Whether the room stands so that this kind can come.</summary>
    public static void CheckTurn(EnvelopeKind kind, long senderId, RoomChainFacts chain)
    {
        switch (kind)
        {
            case EnvelopeKind.Propose when chain.State is EncryptionState.Proposed or EncryptionState.On:
            case EnvelopeKind.Accept when chain.State == EncryptionState.On:
                throw new Refused(ErrorCodes.AlreadyDone, "The room's encryption is proposed or on.");
            case EnvelopeKind.Accept when chain.State != EncryptionState.Proposed || chain.ProposerId == senderId:
                throw NotRequested();
            case EnvelopeKind.Rekey or EnvelopeKind.Message when chain.State != EncryptionState.On:
                throw new Refused(ErrorCodes.RoomNotEncrypted, "This room is not encrypted.");
            default:
                break;
        }
    }

    /// <summary>The envelope follows the newest, and names the key that the room has or gets.</summary>
    public static void CheckNext(Envelope envelope, RoomChainFacts chain)
    {
        new ChainHead(chain.Length, chain.Head).Check(envelope.Head.Index, envelope.Head.Previous);
        var epoch = envelope.Head.Kind is EnvelopeKind.Propose or EnvelopeKind.Rekey ? chain.Epoch + 1 : chain.Epoch;
        if (envelope.Head.Epoch != epoch)
        {
            throw Malformed();
        }
    }

    /// <summary>A new key is for exactly the devices that both parties have now; a message uses one that is.</summary>
    public static void CheckKeySet(Envelope envelope, RoomFacts room, RoomChainFacts chain, IReadOnlyCollection<DeviceRow> devices)
    {
        if (envelope.Head.Kind == EnvelopeKind.Accept)
        {
            return;
        }

        foreach (var userId in new[] { room.BuyerId, room.SellerId })
        {
            if (!devices.Any(device => device.UserId == userId && device.IsActive))
            {
                throw new Refused(
                    ErrorCodes.KeysRequired,
                    "A party has no device with keys.",
                    ("profileId", userId.ToString(CultureInfo.InvariantCulture)));
            }
        }

        var now = Envelope.KeySet(devices.Where(device => device.IsActive).Select(device => device.KeyId));
        var given = envelope.Head.Kind == EnvelopeKind.Message ? chain.KeySet : KeySetOf(envelope);
        if (!now.AsSpan().SequenceEqual(given))
        {
            throw new Refused(ErrorCodes.KeysChanged, "The room's key is not for the devices that the parties have now.");
        }
    }

    /// <summary>The devices for which an envelope brings a key; null when it brings none.</summary>
    public static byte[]? KeySetOf(Envelope envelope) =>
        envelope.Wraps.Count == 0 ? null : Envelope.KeySet(envelope.Wraps.Select(wrap => wrap.KeyId));

    /// <summary>How the room stands after an envelope.</summary>
    public static EncryptionState After(EnvelopeKind kind) =>
        kind == EnvelopeKind.Propose ? EncryptionState.Proposed : EncryptionState.On;

    /// <summary>Nobody asked for it.</summary>
    public static Refused NotRequested() => new(ErrorCodes.NotRequested, "No proposal to encrypt this room waits for this.");

    private static Refused Malformed() => new(
        ErrorCodes.BadInput, "The envelope is malformed, belongs elsewhere, or its signature is wrong.", ("path", "envelope"));
}
