using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Accounts.SignIn;

/// <summary>Ends all of a user's connections and refuses every token that was issued until now.</summary>
public sealed class SignOutFlow(Database database, EventPush push)
{
    /// <param name="caller">Who signs out.</param>
    /// <param name="issuedAt">
    /// When the caller's token was issued: it ends in any case, also when the issuer's clock is ahead of ours.
    /// </param>
    /// <param name="cancellation">Ends the statement.</param>
    public async Task SignOut(Caller caller, DateTimeOffset issuedAt, CancellationToken cancellation)
    {
        await database.Write(
            tx => (Task)RevocationSql.Insert(tx, caller.Sub, Revocation.SignedOut, issuedAt.AddSeconds(1)),
            cancellation);
        push.TellRevoked();
    }
}
