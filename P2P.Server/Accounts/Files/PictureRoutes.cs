using P2P.Contracts;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.SignIn;

namespace P2P.Server.Accounts.Files;

/// <summary>The REST paths of profile pictures.</summary>
internal static class PictureRoutes
{
    public static void MapPictures(this RouteGroupBuilder api, FileLimits limits)
    {
        api.MapPut("/profile/picture", Put);
        api.MapDelete("/profile/picture", Delete);
        api.MapGet("/profiles/{id:long}/picture", Get).WithMetadata(new RestBucket("files", limits.DownloadsPerMinute));
    }

    private static async Task<IResult> Put(HttpContext context, PictureFlow flow)
    {
        var file = await flow.Set(
            context.User.Caller(), FileAnswers.UploadOf(context, Limits.PictureBytesMax), context.RequestAborted);
        return Envelope.Ok(new { File = file.View() }, "Profile picture updated successfully");
    }

    private static async Task<IResult> Delete(HttpContext context, PictureFlow flow) =>
        Envelope.Ok(new { Removed = await flow.Remove(context.User.Caller(), context.RequestAborted) });

    private static async Task Get(HttpContext context, long id, PictureFlow flow, FileKeeper keeper) =>
        await FileAnswers.Send(context, await flow.Get(id, context.RequestAborted), keeper, isInline: true);
}
