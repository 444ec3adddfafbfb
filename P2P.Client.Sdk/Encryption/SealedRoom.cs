using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>
/// One room as this device has read it: its chain from the first envelope on, each link checked, and the keys that were for this device. Used by one
/// task at a time.
/// </summary>
internal sealed class SealedRoom(RoomChain chain, Device device, RoomPin? pin)
{
    private readonly Dictionary<long, int> _indexes = [];
    private readonly Dictionary<Guid, MessageReply> _own = [];
    private readonly Dictionary<int, byte[]> _keys = [];
    private Dictionary<string, LogDevice> _devices = [];
    private long _onSince;

    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>By whose keys it is read.</summary>
    public Device Device => device;

    public RoomChain Chain => chain;

    /// <summary>Read up to this message.</summary>
    public long Seq { get; private set; }

    /// <summary>What was found to be wrong with the room; it stays wrong.</summary>
    public EncryptionException? Broken { get; private set; }

    /// <summary>True when the room is encrypted, or was when this device last looked.</summary>
    public bool IsOn => chain.State == EncryptionState.On || pin is { IsOn: true };

    /// <summary>The keys that this device has, by their numbers.</summary>
    public IReadOnlyDictionary<int, byte[]> Keys => _keys;

    /// <summary>The newest key; null when it is not for this device.</summary>
    public byte[]? Key => _keys.GetValueOrDefault(chain.Epoch);

    /// <summary>True when the log knows who sent this.</summary>
    public bool Knows(Envelope? envelope) => envelope is null
        || (Of(envelope.Head.KeyId) is not null && envelope.Wraps.All(wrap => Of(wrap.KeyId) is not null));

    /// <summary>From now on these are the parties' devices.</summary>
    public void Learn(IEnumerable<KeyLog> logs) =>
        _devices = logs.SelectMany(log => log.Devices).ToDictionary(known => Convert.ToHexString(known.KeyId));

    /// <summary>The reply to a message of the user's own that is in the room under this request id.</summary>
    public MessageReply? Sent(Guid requestId) => _own.GetValueOrDefault(requestId);

    public static Envelope? Read(string? text) =>
        text is not null && Base64Url.IsValid(text) ? Envelope.TryReadStored(Base64Url.DecodeFromChars(text)) : null;

    /// <summary>Takes the room's next message into account.</summary>
    /// <exception cref="EncryptionException">Something is wrong with it.</exception>
    public void Take(MessageView message, Envelope? envelope)
    {
        try
        {
            TakeNext(message, envelope);
        }
        catch (EncryptionException e)
        {
            Broken = e;
            throw;
        }
    }

    private void TakeNext(MessageView message, Envelope? envelope)
    {
        if (message.Seq != Seq + 1)
        {
            throw Fault(message.Seq > Seq + 1 ? EncryptionFault.Dropped : EncryptionFault.Reordered);
        }

        if (message.Envelope is not null)
        {
            TakeEnvelope(message, envelope);
        }
        else if (message.Kind == MessageKind.Encrypted)
        {
            throw Fault(EncryptionFault.Dropped);
        }
        else if (message.Kind == MessageKind.Text && chain.State == EncryptionState.On)
        {
            throw Fault(EncryptionFault.Invented);
        }
        else if (message.Code == "encryption.decline")
        {
            chain.Decline();
        }

        Seq = message.Seq;
    }

    /// <summary>The whole room was read: it must hold what this device has seen of it before.</summary>
    public void CheckPin()
    {
        if (pin is not null && (chain.Length < pin.Length || (pin.Length > 0 && !chain.Links[pin.Length - 1].AsSpan().SequenceEqual(pin.Head))))
        {
            Broken = Fault(chain.Length < pin.Length ? EncryptionFault.Dropped : EncryptionFault.Edited);
            throw Broken;
        }
    }

    /// <summary>What is to be remembered; null when that is so already.</summary>
    public RoomPin? NewPin()
    {
        if (chain.Length == 0 || pin?.Length == chain.Length)
        {
            return null;
        }

        pin = new RoomPin
        {
            BuyerId = chain.BuyerId,
            SellerId = chain.SellerId,
            Length = chain.Length,
            Head = chain.Head,
            IsOn = IsOn,
            Keys = new Dictionary<int, byte[]>(_keys),
        };
        return pin;
    }

    /// <summary>A message as the user reads it; what is not encrypted stays as it is.</summary>
    /// <exception cref="EncryptionException">It is not the one that the chain has at this place.</exception>
    public MessageView Open(MessageView message)
    {
        if (message.Envelope is null)
        {
            return message.Kind == MessageKind.Encrypted || _indexes.ContainsKey(message.Seq) ? throw Fault(EncryptionFault.Dropped)
                : message.Kind == MessageKind.Text && _onSince > 0 && message.Seq > _onSince ? throw Fault(EncryptionFault.Invented)
                : message;
        }

        if (!_indexes.TryGetValue(message.Seq, out var index) || Read(message.Envelope) is not { } envelope
            || !envelope.Link.AsSpan().SequenceEqual(chain.Links[index]))
        {
            throw Fault(EncryptionFault.Edited);
        }

        if (envelope.Head.Kind != EnvelopeKind.Message)
        {
            return message;
        }

        if (Of(envelope.Head.KeyId)?.UserId != message.SenderId)
        {
            throw Fault(EncryptionFault.Edited, index);
        }

        return ContentOf(envelope, index) is { } says
            ? message with { Text = SafeText.Of(says.Text), Attachments = [.. says.Files.Select(View)] }
            : message;
    }

    /// <summary>A file of a message that <see cref="Open"/> takes; null when none of that id hangs on it.</summary>
    public SealedFile? FileOf(MessageView message, Guid fileId)
    {
        Open(message);
        return Read(message.Envelope) is { Head.Kind: EnvelopeKind.Message } envelope
            ? ContentOf(envelope, envelope.Head.Index)?.Files.FirstOrDefault(file => file.Id == fileId)
            : null;
    }

    /// <summary>What an envelope says; null when it was erased, or its key is not for this device.</summary>
    private MessageContent? ContentOf(Envelope envelope, int index) =>
        envelope.IsErased || !_keys.TryGetValue(envelope.Head.Epoch, out var key) ? null
        : RoomSeal.Open(envelope, key) ?? throw Fault(EncryptionFault.Unreadable, index);

    private static FileView View(SealedFile file) => new()
    {
        Id = file.Id,
        Name = file.Name,
        ContentType = file.ContentType,
        Bytes = file.Bytes,
        Sha256 = file.Sha256,
        Encrypted = true,
    };

    /// <summary>The next envelope, which says this.</summary>
    public Envelope Seal(Guid requestId, MessageContent says)
    {
        var key = Key ?? throw Fault(EncryptionFault.RoomKeyMissing);
        var head = Next(EnvelopeKind.Message, chain.Epoch, requestId);
        return Envelope.Sign(head, RoomSeal.MessageBody(head, key, says), device.Sign);
    }

    /// <summary>The next envelope, with a new key for these devices.</summary>
    public Envelope BringKey(EnvelopeKind kind, Guid requestId, IEnumerable<LogDevice> devices)
    {
        var epoch = chain.Epoch + 1;
        var body = RoomSeal.KeyBody(
            chain.OrderId,
            epoch,
            RandomNumberGenerator.GetBytes(P256.HashBytes),
            devices.Select(known => (known.KeyId, known.AgreementKey)));
        return Envelope.Sign(Next(kind, epoch, requestId), body, device.Sign);
    }

    /// <summary>The next envelope: it accepts the proposal before it.</summary>
    public Envelope Accept(Guid requestId)
    {
        _ = Key ?? throw Fault(EncryptionFault.RoomKeyMissing);
        var commitment = chain.Commitment(chain.Epoch) ?? throw Fault(EncryptionFault.WrongRoomKey);
        return Envelope.Sign(Next(EnvelopeKind.Accept, chain.Epoch, requestId), commitment, device.Sign);
    }

    private void TakeEnvelope(MessageView message, Envelope? envelope)
    {
        var index = chain.Length;
        var fault = chain.Take(envelope, Of);
        if (fault != EncryptionFault.None || envelope is null)
        {
            throw Fault(fault, index);
        }

        if (RoomSeal.Unwrap(envelope, device) is { } key)
        {
            _keys[envelope.Head.Epoch] = key;
        }

        _indexes[message.Seq] = index;
        if (envelope.Head.Kind == EnvelopeKind.Accept)
        {
            _onSince = message.Seq;
        }
        else if (envelope.Head.Kind == EnvelopeKind.Message && envelope.Head.KeyId.AsSpan().SequenceEqual(device.KeyId))
        {
            _own[envelope.Head.Id] = new MessageReply
            {
                MessageId = message.Id,
                OrderId = chain.OrderId,
                Seq = message.Seq,
                At = message.At,
            };
        }
    }

    private EnvelopeHead Next(EnvelopeKind kind, int epoch, Guid requestId) =>
        new(kind, chain.OrderId, chain.Length, epoch, chain.Head, device.KeyId, requestId);

    private LogDevice? Of(byte[] keyId) => _devices.GetValueOrDefault(Convert.ToHexString(keyId));

    private EncryptionException Fault(EncryptionFault fault, int? index = null) => new(
        fault,
        $"The room of order {chain.OrderId} is not what its parties wrote ({fault}{(index is null ? "" : $", envelope {index}")}).",
        chain.OrderId,
        index);
}
