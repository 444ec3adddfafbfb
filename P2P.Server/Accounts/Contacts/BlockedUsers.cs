using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Contacts;

/// <summary>Tells whether one of two users blocks the other; reads that come together are one statement.</summary>
public sealed class BlockedUsers(Database database)
{
    private readonly ReadCoalescer<(long OneId, long OtherId), BlockedPair> _pairs = new(async keys =>
        (await database.Read(tx => ContactSql.Blocked(tx, [.. keys.Select(key => key.OneId)], [.. keys.Select(key => key.OtherId)])))
        .ToDictionary(pair => (pair.OneId, pair.OtherId)));

    public async Task<bool> Between(long oneId, long otherId, CancellationToken cancellation) =>
        await _pairs.Get((oneId, otherId)).WaitAsync(cancellation) is not null;
}
