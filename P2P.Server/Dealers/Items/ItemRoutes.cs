using System.Text;
using Microsoft.AspNetCore.Http.Features;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Dealers.Items;

/// <summary>The REST paths of items: as tables, and their pictures.</summary>
public static class ItemRoutes
{
    private const string RequestIdHeader = "X-Request-Id";

    public static void MapItems(this WebApplication app)
    {
        var api = app.MapGroup("/api/p2p/items").RequireAuthorization();
        api.RefuseSuspended();
        api.MapGet("/export.csv", Export);
        api.MapPost("/import", Import);
        var limits = app.Services.GetRequiredService<FileLimits>();
        api.MapPost("/{itemId:guid}/images", PostImage);
        api.MapGet("/{itemId:guid}/images/{id:guid}", GetImage).WithMetadata(new RestBucket("files", limits.DownloadsPerMinute));
    }

    private static async Task<IResult> Export(HttpContext context, AccountGate gate, ItemCsvFlow flow)
    {
        var caller = await gate.Admitted(context);
        return CsvAnswer.Of(context, "items", await flow.Export(caller, context.RequestAborted));
    }

    private static async Task<IResult> Import(HttpContext context, bool? dryRun, AccountGate gate, ItemCsvFlow flow)
    {
        var (caller, csv) = (await gate.Admitted(context), await Read(context));
        return Envelope.Ok(new
        {
            Import = dryRun == true
                ? await flow.Check(caller, csv, context.RequestAborted)
                : await flow.Import(caller, new ImportItemsRequest { RequestId = RequestIdOf(context), Csv = csv }, context.RequestAborted),
        });
    }

    private static async Task<IResult> PostImage(HttpContext context, Guid itemId, AccountGate gate, ItemImageFlow flow)
    {
        var caller = await gate.Admitted(context);
        var file = await flow.Add(caller, itemId, FileAnswers.UploadOf(context, Limits.FileBytesMax), context.RequestAborted);
        return Envelope.Ok(new { File = file.View() }, status: StatusCodes.Status201Created);
    }

    private static async Task GetImage(HttpContext context, Guid itemId, Guid id, AccountGate gate, ItemImageFlow flow, FileKeeper keeper)
    {
        var caller = await gate.Admitted(context);
        await FileAnswers.Send(context, await flow.Get(caller, itemId, id, context.RequestAborted), keeper, isInline: true);
    }

    private static Guid RequestIdOf(HttpContext context) => Guid.TryParse(context.Request.Headers[RequestIdHeader], out var id)
        ? id
        : throw new Refused(ErrorCodes.BadInput, $"The header {RequestIdHeader} has a UUID of version 7.", ("path", RequestIdHeader));

    private static async Task<string> Read(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // One more than may come, so that our own count refuses with its own code.
            size.MaxRequestBodySize = Limits.ItemImportBytesMax + 1L;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > Limits.ItemImportBytesMax)
            {
                throw new Refused(ErrorCodes.FileTooLarge, "A table has at most 1 MB: import it in parts.");
            }
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (ArgumentException)
        {
            throw new Refused(ErrorCodes.BadInput, "The table is not in UTF-8: save it as such.", ("path", "body"));
        }
    }
}
