using P2P.Contracts;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;

namespace P2P.Server.Deals.Chat;

/// <summary>The REST paths of attachments.</summary>
public static class AttachmentRoutes
{
    public static void MapAttachments(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<FileLimits>();
        var api = app.MapGroup("/api/p2p").RequireAuthorization();
        api.RefuseSuspended();
        api.MapPost("/orders/{orderId:guid}/files", Post);
        api.MapGet("/files/{id:guid}", Get).WithMetadata(new RestBucket("files", limits.DownloadsPerMinute));
    }

    private static async Task<IResult> Post(HttpContext context, Guid orderId, AttachmentFlow flow)
    {
        var upload = FileAnswers.UploadOf(context, Limits.FileBytesMax);
        var file = await flow.Upload(context.User.Caller(), orderId, upload, context.RequestAborted);
        return Envelope.Ok(new { File = file }, status: StatusCodes.Status201Created);
    }

    private static async Task Get(HttpContext context, Guid id, AttachmentFlow flow, FileKeeper keeper)
    {
        var reader = new OutsideReader(context.User.Caller(), context.User, context.Connection.RemoteIpAddress?.ToString());
        await FileAnswers.Send(context, await flow.Readable(reader, id, context.RequestAborted), keeper, isInline: false);
    }
}
