using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;

namespace P2P.Server.Accounts.Profiles;

/// <summary>The REST paths of one's own profile.</summary>
internal static class ProfileRoutes
{
    public static void MapProfiles(this RouteGroupBuilder api)
    {
        api.MapGet("/profile/check", Check).WhileSuspended();
        api.MapPost("/profile/create", Create);
        api.MapGet("/profile", Get).WhileSuspended();
        api.MapPut("/profile", Put);
    }

    private static async Task<IResult> Check(HttpContext context, ProfileFlow flow)
    {
        var profile = await flow.Find(context.User.Caller(), context.RequestAborted);
        return Envelope.Ok(profile is null ? NoProfileCheck.Instance : ProfileCheck.Of(profile));
    }

    private static async Task<IResult> Create(HttpContext context, ProfileFlow flow)
    {
        var body = await RestJson.Read<CreateProfileBody>(context);
        var profile = await flow.Join(context.User.Caller(), body.Wanted(), body.HasConsent == true, context.RequestAborted);
        return Envelope.Ok(
            new { Profile = CreatedProfile.Of(profile) },
            "P2P profile created successfully. You can now connect to the P2P trading platform.",
            StatusCodes.Status201Created);
    }

    private static async Task<IResult> Get(HttpContext context, ProfileFlow flow) =>
        Envelope.Ok(new { Profile = WholeProfile.Of(await flow.Own(context.User.Caller(), context.RequestAborted)) });

    private static async Task<IResult> Put(HttpContext context, ProfileFlow flow)
    {
        var body = await RestJson.Read<ProfileChanges>(context);
        var profile = await flow.Update(context.User.Caller(), body, context.RequestAborted);
        return Envelope.Ok(new { Profile = WholeProfile.Of(profile) }, "Profile updated successfully");
    }
}
