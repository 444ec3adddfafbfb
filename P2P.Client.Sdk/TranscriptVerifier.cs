using System.Buffers.Text;
using P2P.Client.Sdk.Encryption;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk;

/// <summary>
/// Tells from a bundle alone who wrote what in an encrypted room, or what is wrong with it first: an arbitrator can run it without any connection.
/// </summary>
/// <remarks>
/// What it proves rests on the key logs: they must be those of the two people. Hold them against the safety number that the parties compared, or
/// against the logs as the server shows them to others. Whether something is missing at the very end only the server's word tells: give it, too.
/// </remarks>
public static class TranscriptVerifier
{
    /// <summary>Reads a bundle.</summary>
    /// <param name="bundle">What a party disclosed.</param>
    /// <param name="server">How the server says the room's chain stands; null leaves the end unchecked.</param>
    public static Transcript Verify(TranscriptBundle bundle, RoomEncryption? server = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var lines = new List<TranscriptLine>();
        Dictionary<string, LogDevice> devices;
        try
        {
            devices = bundle.KeyLogs
                .Where(log => log.ProfileId == bundle.BuyerId || log.ProfileId == bundle.SellerId)
                .SelectMany(log => KeyLog.Read(log).Devices)
                .ToDictionary(device => Convert.ToHexString(device.KeyId));
        }
        catch (Exception e) when (e is EncryptionException or ArgumentException)
        {
            // Broken, or one log twice.
            return new Transcript { Lines = [], Fault = EncryptionFault.KeyLogBroken };
        }

        var chain = new RoomChain(bundle.OrderId, bundle.BuyerId, bundle.SellerId);
        var keys = new Dictionary<int, byte[]>();
        for (var i = 0; i < bundle.Envelopes.Count; i++)
        {
            var envelope = SealedRoom.Read(bundle.Envelopes[i].Envelope);
            var fault = chain.Take(envelope, keyId => devices.GetValueOrDefault(Convert.ToHexString(keyId)));
            if (fault == EncryptionFault.None && envelope is not null)
            {
                fault = ReadKey(bundle, envelope, keys);
            }

            if (fault == EncryptionFault.None && envelope is { Head.Kind: EnvelopeKind.Message })
            {
                fault = ReadMessage(envelope, devices[Convert.ToHexString(envelope.Head.KeyId)], bundle.Envelopes[i], keys, lines);
            }

            if (fault != EncryptionFault.None)
            {
                return new Transcript { Lines = lines, Fault = Name(fault, i, envelope, bundle, chain), FaultAt = i };
            }
        }

        return new Transcript { Lines = lines, Fault = End(chain, server) };
    }

    private static EncryptionFault ReadKey(TranscriptBundle bundle, Envelope envelope, Dictionary<int, byte[]> keys)
    {
        var epoch = envelope.Head.Epoch;
        if (envelope.Wraps.Count == 0 || bundle.RoomKeys.FirstOrDefault(key => key.Epoch == epoch) is not { } disclosed)
        {
            return EncryptionFault.None;
        }

        var key = Base64Url.IsValid(disclosed.Key) ? Base64Url.DecodeFromChars(disclosed.Key) : [];
        if (!RoomSeal.IsCommitted(bundle.OrderId, epoch, key, envelope.Commitment))
        {
            return EncryptionFault.WrongRoomKey;
        }

        keys[epoch] = key;
        return EncryptionFault.None;
    }

    private static EncryptionFault ReadMessage(
        Envelope envelope, LogDevice device, TranscriptEnvelope source, Dictionary<int, byte[]> keys, List<TranscriptLine> lines)
    {
        MessageContent? says = null;
        if (!envelope.IsErased && keys.TryGetValue(envelope.Head.Epoch, out var key))
        {
            says = RoomSeal.Open(envelope, key);
            if (says is null)
            {
                return EncryptionFault.Unreadable;
            }
        }

        lines.Add(new TranscriptLine
        {
            Index = envelope.Head.Index,
            SenderId = device.UserId,
            KeyId = Base64Url.EncodeToString(device.KeyId),
            Text = says is null ? null : SafeText.Of(says.Text),
            Files = says?.Files ?? [],
            IsErased = envelope.IsErased,
            At = source.At,
        });
        return EncryptionFault.None;
    }

    /// <summary>Looks at the rest of the bundle to name the fault better.</summary>
    private static EncryptionFault Name(EncryptionFault fault, int at, Envelope? envelope, TranscriptBundle bundle, RoomChain chain)
    {
        var others = bundle.Envelopes.Where((_, i) => i != at).Select(other => SealedRoom.Read(other.Envelope)).OfType<Envelope>().ToList();
        return fault switch
        {
            // What is missing here stands elsewhere.
            EncryptionFault.Dropped when others.Any(other => other.Head.Index == chain.Length) => EncryptionFault.Reordered,
            // Another one, at the same place, is there beside the forged one.
            EncryptionFault.Edited when envelope is not null && others.Any(other => other.Head.Index == envelope.Head.Index) =>
                EncryptionFault.Invented,
            _ => fault,
        };
    }

    private static EncryptionFault End(RoomChain chain, RoomEncryption? server) =>
        server is null ? EncryptionFault.None
        : chain.Length < server.Length ? EncryptionFault.Dropped
        : chain.Length > server.Length ? EncryptionFault.Invented
        : Base64Url.EncodeToString(chain.Head) != server.Head ? EncryptionFault.Edited
        : EncryptionFault.None;
}
