using System.Buffers.Text;
using P2P.Client.Sdk.Encryption;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;

namespace P2P.Tests.Encryption;

/// <summary>Statements and envelopes that are right in every member.</summary>
internal static class SealedThings
{
    private static readonly Device Mine = Device.Make();
    private static readonly Device Other = Device.Make();

    /// <summary>The first entry of a user's key log, or what could follow it.</summary>
    public static string Statement(long userId, KeyStatementKind kind) => kind == KeyStatementKind.Add
        ? Add(userId, Mine)
        : Base64Url.EncodeToString(KeyStatement.Revoke(userId, 1, KeyStatement.First(userId), Mine.KeyId, Mine.KeyId, Mine.Sign).Bytes);

    /// <summary>The first entry of a user's key log, of a device that nobody has had.</summary>
    public static string NewDevice(long userId) => Add(userId, Device.Make());

    /// <summary>A request with an envelope of one kind.</summary>
    public static SealRoomRequest Request(Guid requestId, Guid orderId, EnvelopeKind kind)
    {
        var key = new byte[P256.HashBytes];
        var head = new EnvelopeHead(kind, orderId, 0, 1, new byte[P256.HashBytes], Mine.KeyId, requestId);
        var body = kind == EnvelopeKind.Accept
            ? RoomSeal.Commitment(orderId, 1, key)
            : RoomSeal.KeyBody(orderId, 1, key, [(Mine.KeyId, Mine.AgreementKey), (Other.KeyId, Other.AgreementKey)]);
        return new SealRoomRequest
        {
            RequestId = requestId,
            OrderId = orderId,
            Envelope = Base64Url.EncodeToString(Envelope.Sign(head, body, Mine.Sign).Bytes),
        };
    }

    private static string Add(long userId, Device device) => Base64Url.EncodeToString(
        KeyStatement.Add(userId, 1, KeyStatement.First(userId), device.SigningKey, device.AgreementKey, device.Sign).Bytes);
}
