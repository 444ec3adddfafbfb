using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace P2P.Server.Accounts.Files;

/// <summary>How files come in and go out over HTTP: a raw body, and headers that let nothing in it run.</summary>
public static class FileAnswers
{
    public const string NameHeader = "X-File-Name";
    public const string EncryptedHeader = "X-File-Encrypted";
    private const int NameHeaderCharsMax = 2_000;

    /// <summary>The file in a request's body.</summary>
    public static FileUpload UploadOf(HttpContext context, int bytesMax)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // One more than may come, so that our own count refuses with its own code.
            size.MaxRequestBodySize = bytesMax + 1L;
        }

        var headers = context.Request.Headers;
        var name = headers[NameHeader].ToString();
        return new FileUpload(
            context.Request.Body,
            context.Request.ContentLength,
            context.Request.ContentType,
            name.Length > NameHeaderCharsMax ? name[..NameHeaderCharsMax] : name,
            headers[EncryptedHeader] == "1");
    }

    /// <summary>Sends a file under its fixed type, not to be kept, sniffed, framed or run.</summary>
    /// <param name="context">The request.</param>
    /// <param name="file">The file's row.</param>
    /// <param name="keeper">Opens its bytes.</param>
    /// <param name="isInline">A browser may show it in place; pictures that were written anew only.</param>
    public static async Task Send(HttpContext context, StoredFile file, FileKeeper keeper, bool isInline)
    {
        await using var content = await keeper.Open(file, context.RequestAborted);
        var response = context.Response;
        var disposition = new ContentDispositionHeaderValue(isInline && file.Width is not null ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        response.ContentType = file.ContentType;
        response.ContentLength = file.Bytes;
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        await content.CopyToAsync(response.Body, context.RequestAborted);
    }
}
