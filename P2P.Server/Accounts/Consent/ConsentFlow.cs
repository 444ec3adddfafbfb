using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Consent;

/// <summary>The terms, and the consent to them.</summary>
public sealed class ConsentFlow(Database database, AccountChanges changes)
{
    public Task<Terms> Present(CancellationToken cancellation) => database.Read(ConsentSql.Present, cancellation);

    /// <summary>Consents to the present version; a repeat changes nothing.</summary>
    public Task<Profile> Consent(Caller caller, int version, CancellationToken cancellation) =>
        changes.Run(
            async change =>
            {
                var tx = change.Tx;
                var profile = await ProfileSql.Find(tx, caller.UserId)
                    ?? throw new Refused(ErrorCodes.NotJoinedP2P, ProfileFlow.NotJoined);
                if (version != profile.TermsVersion)
                {
                    throw new Refused(
                        ErrorCodes.TermsOutdated,
                        $"The present version of the terms is {profile.TermsVersion}",
                        ("termsVersion", profile.TermsVersion.ToString(CultureInfo.InvariantCulture)));
                }

                var at = await change.Now();
                if (await ConsentSql.Insert(tx, caller.UserId, version, at) == 1)
                {
                    change.Tell(ProfileEvents.Of(caller.UserId, ProfileChange.Consented));
                }

                await ConsentSql.Note(tx, caller.UserId, version, at);
                return await ProfileSql.Find(tx, caller.UserId)
                    ?? throw new InvalidOperationException("The profile that was just written is not there.");
            },
            cancellation);
}
