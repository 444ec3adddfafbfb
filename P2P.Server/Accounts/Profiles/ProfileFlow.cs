using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.PaymentMethods;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Profiles;

/// <summary>Reading and changing profiles.</summary>
/// <param name="database">Where they are.</param>
/// <param name="changes">Runs changes without a request id.</param>
/// <param name="requests">Runs changes with one.</param>
/// <param name="catalogue">Payment methods.</param>
/// <param name="record">Reads what orders tell; null where there are no orders.</param>
public sealed class ProfileFlow(
    Database database, AccountChanges changes, RequestLog requests, PaymentCatalogue catalogue, ReadTradeRecord? record = null)
{
    public const string NotJoined = "You have not joined P2P trading yet.";

    /// <summary>One's own profile; null before it is made.</summary>
    public Task<Profile?> Find(Caller caller, CancellationToken cancellation) =>
        database.Read(tx => ProfileSql.Find(tx, caller.UserId), cancellation);

    /// <summary>One's own profile.</summary>
    public async Task<Profile> Own(Caller caller, CancellationToken cancellation) =>
        await Find(caller, cancellation) ?? throw new Refused(ErrorCodes.NotJoinedP2P, NotJoined);

    public async Task<ProfileView> Get(Caller caller, GetProfileRequest request, CancellationToken cancellation)
    {
        var profile = await Any(caller, request, cancellation);
        return profile.UserId == caller.UserId ? ProfileViews.Own(profile) : ProfileViews.Public(profile);
    }

    public async Task<ProfileStats> Stats(Caller caller, GetProfileRequest request, CancellationToken cancellation)
    {
        var profile = await Any(caller, request, cancellation);
        return ProfileViews.Stats(profile, record is null ? new TradeRecord() : await record(profile.UserId, cancellation));
    }

    /// <summary>Makes the profile, with consent to the present terms, stream and standing.</summary>
    public async Task<Profile> Join(Caller caller, ProfileChanges wanted, bool hasConsent, CancellationToken cancellation)
    {
        if (!hasConsent)
        {
            throw new Refused(ErrorCodes.ConsentRequired, "You must accept the terms and conditions to create a P2P profile");
        }

        var given = ProfileRules.Check(wanted);
        var known = await catalogue.Read(cancellation);
        return await changes.Run(
            async change =>
            {
                var tx = change.Tx;
                if (await ProfileSql.Find(tx, caller.UserId) is not null)
                {
                    throw AlreadyJoined();
                }

                await EnsurePossible(tx, caller, given, known, "create");
                var at = await change.Now();
                var termsVersion = await Consent.ConsentSql.PresentVersion(tx);
                if (await ProfileSql.Insert(tx, New(caller, given, termsVersion, at)) == 0)
                {
                    throw AlreadyJoined();
                }

                await Consent.ConsentSql.Insert(tx, caller.UserId, termsVersion, at);
                await ProfileSql.InsertStanding(tx, caller.UserId);
                await ProfileSql.InsertStream(tx, caller.UserId, Audience.Trade);
                return await OwnIn(tx, caller);
            },
            cancellation);
    }

    /// <summary>Changes one's own profile, once for one request id. The log keeps the public part of the answer only.</summary>
    public async Task<ProfileView> Update(Caller caller, UpdateProfileRequest request, CancellationToken cancellation)
    {
        var given = ProfileRules.Check(ProfileChanges.From(request));
        var known = await catalogue.Read(cancellation);
        var view = await requests.Once(
            caller,
            nameof(IAccountCalls.UpdateProfile),
            request,
            async change => ProfileViews.Public(await Apply(change, caller, given, known)),
            cancellation);
        return view with { Private = ProfileViews.Own(await Own(caller, cancellation)).Private };
    }

    /// <summary>Changes one's own profile.</summary>
    public async Task<Profile> Update(Caller caller, ProfileChanges wanted, CancellationToken cancellation)
    {
        var given = ProfileRules.Check(wanted);
        var known = await catalogue.Read(cancellation);
        return await changes.Run(change => Apply(change, caller, given, known), cancellation);
    }

    private static async Task<Profile> Apply(Change change, Caller caller, ProfileChanges given, PaymentCatalogue.Contents known)
    {
        await EnsurePossible(change.Tx, caller, given, known, "update");
        if (await ProfileSql.Update(change.Tx, new ProfileUpdate(caller.UserId, given, await change.Now())) == 0)
        {
            throw new Refused(ErrorCodes.NotJoinedP2P, NotJoined);
        }

        change.Tell(ProfileEvents.Of(caller.UserId, ProfileChange.Updated));
        return await OwnIn(change.Tx, caller);
    }

    private static async Task EnsurePossible(Tx tx, Caller caller, ProfileChanges given, PaymentCatalogue.Contents known, string verb)
    {
        if (given.PreferredCurrency.Value is { } currency && !await ProfileSql.CurrencyExists(tx, currency))
        {
            throw new Refused(ErrorCodes.CurrencyUnknown, $"The currency {currency} is not known here");
        }

        if (given.PreferredPaymentMethods.Value is { } methods && methods.Any(id => !known.IsActive(id)))
        {
            throw new Refused(ErrorCodes.PaymentMethodUnknown, "One of the payment methods is not known here");
        }

        if (given.Username.Value is { } username)
        {
            var skeleton = UsernameRules.Skeleton(username);
            await ProfileSql.ClaimSkeleton(tx, skeleton);
            if (await ProfileSql.SkeletonIsTaken(tx, skeleton, caller.UserId))
            {
                throw new Refused(ErrorCodes.UsernameTaken, $"Failed to {verb} profile: username already taken");
            }
        }
    }

    private async Task<Profile> Any(Caller caller, GetProfileRequest request, CancellationToken cancellation) =>
        await database.Read(tx => ProfileSql.Find(tx, request.ProfileId ?? caller.UserId), cancellation)
        ?? throw new Refused(ErrorCodes.NotFound, "There is no such profile");

    private static async Task<Profile> OwnIn(Tx tx, Caller caller) =>
        await ProfileSql.Find(tx, caller.UserId) ?? throw new InvalidOperationException("The profile that was just written is not there.");

    private static NewProfile New(Caller caller, ProfileChanges given, int termsVersion, DateTimeOffset at) => new()
    {
        UserId = caller.UserId,
        Username = given.Username.Value,
        Skeleton = given.Username.Value is { } username ? UsernameRules.Skeleton(username) : null,
        PhoneNumber = given.PhoneNumber.Value,
        Email = given.Email.Value,
        PreferredCurrency = given.PreferredCurrency.Value,
        PreferredPaymentMethods = [.. given.PreferredPaymentMethods.Value ?? []],
        AutoReply = given.AutoReplyMessage.Value,
        TermsVersion = termsVersion,
        At = at,
    };

    private static Refused AlreadyJoined() => new(ErrorCodes.AlreadyJoined, "You already have a P2P profile");
}
