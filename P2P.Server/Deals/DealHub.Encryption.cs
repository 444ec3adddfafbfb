using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Deals;

/// <summary>The encryption of rooms.</summary>
public abstract partial class DealHub<TClient>
{
    [Rate(RateClass.Messages)]
    public Task<RoomEncryption> ProposeEncryption(SealRoomRequest request) =>
        deals.Chat.Encryption.Seal(Caller, nameof(ProposeEncryption), request, EnvelopeKind.Propose, Aborted);

    [Rate(RateClass.Messages)]
    public Task<RoomEncryption> AcceptEncryption(SealRoomRequest request) =>
        deals.Chat.Encryption.Seal(Caller, nameof(AcceptEncryption), request, EnvelopeKind.Accept, Aborted);

    [Rate(RateClass.Messages)]
    public Task<RoomEncryption> DeclineEncryption(DeclineEncryptionRequest request) =>
        deals.Chat.Encryption.Decline(Caller, request, Aborted);

    [Rate(RateClass.Messages)]
    public Task<RoomEncryption> RekeyRoom(SealRoomRequest request) =>
        deals.Chat.Encryption.Seal(Caller, nameof(RekeyRoom), request, EnvelopeKind.Rekey, Aborted);

    public Task<RoomEncryption> GetRoomEncryption(Guid orderId) => deals.Chat.Encryption.Get(Caller, orderId, Aborted);
}
