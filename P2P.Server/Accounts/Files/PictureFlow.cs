using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Files;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Files;

/// <summary>Profile pictures: one's own is set and removed, everyone's is read by whoever is signed in.</summary>
public sealed class PictureFlow(Database database, AccountChanges changes, ProfileFlow profiles, FileIntake intake, FileKeeper keeper)
{
    private static readonly FileKind[] Kinds = [FileKind.Jpeg, FileKind.Png, FileKind.WebP];

    public async Task<StoredFile> Set(Caller caller, FileUpload upload, CancellationToken cancellation)
    {
        intake.EnsureRate(caller);
        await profiles.Own(caller, cancellation);
        if (upload.IsEncrypted)
        {
            throw FileNo.WrongType("A profile picture is for everyone: it cannot be encrypted");
        }

        try
        {
            await using var received = await intake.Receive(upload, Limits.PictureBytesMax, Kinds, cancellation);
            return await keeper.Keep(
                received,
                new NewFile(caller.UserId, FilePurpose.Picture),
                static _ => Task.CompletedTask,
                async (change, _) =>
                {
                    // Two of one user at once: the later one stays.
                    await FileSql.ClaimOwner(change.Tx, caller.UserId);
                    await FileSql.RemovePicture(change.Tx, caller.UserId);
                    await change.Now();
                    change.Tell(ProfileEvents.Of(caller.UserId, ProfileChange.Updated));
                },
                cancellation);
        }
        catch (Store.FileStoreException e)
        {
            throw keeper.Unavailable(e);
        }
    }

    /// <summary>Takes one's own picture away; harmless when there is none.</summary>
    public Task<bool> Remove(Caller caller, CancellationToken cancellation) =>
        changes.Run(
            async change =>
            {
                var removed = await FileSql.RemovePicture(change.Tx, caller.UserId) == 1;
                if (removed)
                {
                    await change.Now();
                    change.Tell(ProfileEvents.Of(caller.UserId, ProfileChange.Updated));
                }

                return removed;
            },
            cancellation);

    /// <summary>A user's picture; NOT_FOUND when there is none, or no such user.</summary>
    public async Task<StoredFile> Get(long profileId, CancellationToken cancellation) =>
        await database.Read(tx => FileSql.PictureOf(tx, profileId), cancellation)
        ?? throw new Refused(ErrorCodes.NotFound, "There is no such picture");
}
