using P2P.Contracts.Accounts;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Chat;

/// <summary>Tells a user's new or revoked device in the rooms that it concerns, and to the other parties there.</summary>
public sealed class KeyNotes(ChatLimits limits)
{
    /// <summary>Rooms beyond the newest of them are not told: their parties see the change in the key log before they seal anything.</summary>
    private const int RoomsMax = 1_000;

    public async Task Write(Change change, KeysChanged changed)
    {
        var rooms = await EncryptionSql.LockConcerned(change.Tx, changed.ProfileId, limits.ChatDaysAfterEnd, RoomsMax);
        if (rooms.Count == 0)
        {
            return;
        }

        await ChatSql.AppendAll(
            change.Tx, [.. rooms.Select(room => SystemMessages.KeysChanged(room.OrderId, room.BuyerId, changed))], await change.Now());
        change.Tell(PendingEvent.ForAll(
            rooms.Select(room => room.BuyerId == changed.ProfileId ? room.SellerId : room.BuyerId).Distinct(),
            Audience.All,
            nameof(IAccountClient.KeysChanged),
            changed));
    }
}
