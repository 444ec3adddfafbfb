using System.Collections.Concurrent;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>Which user a token's subject is. A subject seen for the first time becomes a user; what was seen is kept in memory.</summary>
public sealed class UserDirectory(Database database)
{
    private const int KeptMax = 200_000;
    private const int TriesMax = 3;

    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);

    public async ValueTask<long> IdOf(string sub, CancellationToken cancellation)
    {
        if (_ids.TryGetValue(sub, out var known))
        {
            return known;
        }

        var id = await database.Read(tx => FindOrMake(tx, sub), cancellation);
        if (_ids.Count >= KeptMax)
        {
            // Rows hardly ever change, so forgetting them all costs a read each and nothing else.
            _ids.Clear();
        }

        _ids[sub] = id;
        return id;
    }

    /// <summary>Looks again at the next sign-in: who was deleted is a new user from then on.</summary>
    public void Forget(string sub) => _ids.TryRemove(sub, out _);

    private static async Task<long> FindOrMake(Tx tx, string sub)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            if (await UserSql.FindId(tx, sub) is { } found)
            {
                return found;
            }

            var id = Ids.NewUserId();
            if (await UserSql.Insert(tx, id, sub) == 1)
            {
                return id;
            }
        }

        throw new InvalidOperationException("A user's row was neither found nor made.");
    }
}
