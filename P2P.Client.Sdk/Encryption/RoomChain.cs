using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>
/// A room's chain as far as it was read: takes envelopes one after the other and says what is wrong with the first that does not follow. It knows
/// nothing of keys that open messages.
/// </summary>
internal sealed class RoomChain(Guid orderId, long buyerId, long sellerId)
{
    private readonly List<byte[]> _links = [];
    private readonly Dictionary<int, byte[]> _commitments = [];
    private readonly HashSet<string> _salts = [];
    private Envelope? _proposal;

    public Guid OrderId => orderId;

    public long BuyerId => buyerId;

    public long SellerId => sellerId;

    /// <summary>How the room stands, by what was read.</summary>
    public EncryptionState State { get; private set; } = EncryptionState.Off;

    public int Length => _links.Count;

    public int Epoch { get; private set; }

    /// <summary>What the next envelope has to name.</summary>
    public byte[] Head => _links.Count == 0 ? Envelope.Anchor(orderId, buyerId, sellerId) : _links[^1];

    /// <summary>Who made the proposal that waits or was accepted.</summary>
    public long? ProposerId { get; private set; }

    public IReadOnlyList<byte[]> Links => _links;

    /// <summary>To which key the parties committed; null for a number that no envelope brought.</summary>
    public byte[]? Commitment(int epoch) => _commitments.GetValueOrDefault(epoch);

    /// <summary>The waiting proposal is over.</summary>
    public void Decline()
    {
        if (State == EncryptionState.Proposed)
        {
            State = EncryptionState.Declined;
        }
    }

    /// <summary>Takes the next envelope.</summary>
    /// <param name="envelope">The envelope; null for what could not be read.</param>
    /// <param name="deviceOf">A party's device by its id; null when neither has it.</param>
    /// <returns>What is wrong, and then nothing was taken.</returns>
    public EncryptionFault Take(Envelope? envelope, Func<byte[], LogDevice?> deviceOf)
    {
        if (envelope is null)
        {
            return EncryptionFault.Edited;
        }

        if (envelope.Head.OrderId != orderId)
        {
            return EncryptionFault.Invented;
        }

        if (deviceOf(envelope.Head.KeyId) is not { } device || (device.UserId != buyerId && device.UserId != sellerId))
        {
            return EncryptionFault.UnknownKey;
        }

        // What is left of an erased message has its link alone, which the next envelope names.
        if (!envelope.IsErased && !envelope.IsSignedBy(device.SigningKey))
        {
            return EncryptionFault.Edited;
        }

        if (envelope.Head.Index != Length)
        {
            return envelope.Head.Index > Length ? EncryptionFault.Dropped
                : envelope.Link.AsSpan().SequenceEqual(_links[envelope.Head.Index]) ? EncryptionFault.Reordered
                : EncryptionFault.Invented;
        }

        if (!envelope.Head.Previous.AsSpan().SequenceEqual(Head) || !IsInTurn(envelope, device.UserId))
        {
            return EncryptionFault.Invented;
        }

        if (envelope.Salt is { } salt && !_salts.Add(Convert.ToHexString(salt)))
        {
            return EncryptionFault.NonceReused;
        }

        if (envelope.Wraps.Any(wrap => deviceOf(wrap.KeyId) is null))
        {
            return EncryptionFault.UnknownKey;
        }

        Apply(envelope, device.UserId);
        return EncryptionFault.None;
    }

    private bool IsInTurn(Envelope envelope, long senderId) => envelope.Head.Kind switch
    {
        EnvelopeKind.Propose => State is EncryptionState.Off or EncryptionState.Proposed or EncryptionState.Declined
            && envelope.Head.Epoch == Epoch + 1,
        EnvelopeKind.Accept => State is EncryptionState.Proposed or EncryptionState.Declined
            && _proposal is not null
            && envelope.Head.Epoch == Epoch
            && ProposerId != senderId
            && envelope.Commitment.AsSpan().SequenceEqual(_proposal.Commitment),
        EnvelopeKind.Rekey => State == EncryptionState.On && envelope.Head.Epoch == Epoch + 1,
        _ => State == EncryptionState.On && envelope.Head.Epoch == Epoch,
    };

    private void Apply(Envelope envelope, long senderId)
    {
        _links.Add(envelope.Link);
        switch (envelope.Head.Kind)
        {
            case EnvelopeKind.Propose:
                (State, ProposerId, _proposal) = (EncryptionState.Proposed, senderId, envelope);
                goto case EnvelopeKind.Rekey;
            case EnvelopeKind.Rekey:
                Epoch = envelope.Head.Epoch;
                _commitments[Epoch] = envelope.Commitment ?? []; // It has one: it brings a key.
                break;
            case EnvelopeKind.Accept:
                State = EncryptionState.On;
                break;
            default:
                break;
        }
    }
}
