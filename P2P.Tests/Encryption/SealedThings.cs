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
    public static string Statement(long userId, KeyStatementKind kind)
    {
        var first = KeyStatement.First(userId);
        var statement = kind == KeyStatementKind.Add
            ? KeyStatement.Add(userId, 1, first, Mine.SigningKey, Mine.AgreementKey, Mine.Sign)
            : KeyStatement.Revoke(userId, 1, first, Mine.KeyId, Mine.KeyId, Mine.Sign);
        return Base64Url.EncodeToString(statement.Bytes);
    }

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
}
