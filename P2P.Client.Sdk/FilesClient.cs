using System.Globalization;
using System.Net.Http.Headers;
using P2P.Client.Sdk.Connecting;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// Files of an order's room, and profile pictures. They go over HTTP, with a fresh token each; the hub's connection need not stand. An
/// upload is not repeated by itself, because its stream may be readable only once: one that is sent again makes a second file, and what no
/// message names is removed after a day.
/// </summary>
/// <example>
/// <code>
/// await using var picture = File.OpenRead("receipt.jpg");
/// var file = await client.Files.UploadAsync(orderId, picture, "receipt.jpg");
/// </code>
/// </example>
public sealed class FilesClient
{
    private readonly RestCaller _rest;

    internal FilesClient(RestCaller rest) => _rest = rest;

    /// <summary>
    /// Sends a file into an order's room: JPEG, PNG, WebP or PDF, at most 10 MB and 40 million pixels. Pictures lose everything but the
    /// picture (place, camera, comments, orientation).
    /// </summary>
    /// <param name="orderId">An open order of one's own.</param>
    /// <param name="content">The file, from its present position; left open.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="contentType">What it is; told by its content when left out.</param>
    /// <param name="isEncrypted">It was encrypted for the other party: kept as it is, without being looked at.</param>
    /// <param name="progress">Hears how many bytes were sent so far.</param>
    /// <param name="cancellationToken">Breaks the upload off; nothing of it stays.</param>
    /// <exception cref="P2PException">
    /// RATE_LIMITED, NOT_FOUND, WRONG_STATUS, QUOTA_EXCEEDED, FILE_TOO_LARGE, BUSY, TIMEOUT, FILE_TYPE_REFUSED, FILE_MALFORMED,
    /// TOO_MANY_PIXELS, UNAVAILABLE.
    /// </exception>
    public Task<FileView> UploadAsync(
        Guid orderId,
        Stream content,
        string name,
        string? contentType = null,
        bool isEncrypted = false,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"api/p2p/orders/{orderId}/files");
        return SendAsync(_rest, HttpMethod.Post, path, content, name, contentType, isEncrypted, progress, cancellationToken);
    }

    /// <summary>Fetches a file of an order that the user is a party of.</summary>
    /// <param name="fileId">Which.</param>
    /// <param name="cancellationToken">Ends the wait for the answer's head.</param>
    /// <returns>Its content; dispose it.</returns>
    /// <exception cref="P2PException">NOT_FOUND, RATE_LIMITED, UNAVAILABLE.</exception>
    public Task<DownloadedFile> DownloadAsync(Guid fileId, CancellationToken cancellationToken = default) =>
        FetchAsync(_rest, string.Create(CultureInfo.InvariantCulture, $"api/p2p/files/{fileId}"), cancellationToken);

    /// <summary>Sets one's profile picture: JPEG, PNG or WebP, at most 2 MB.</summary>
    /// <param name="content">The picture, from its present position; left open.</param>
    /// <param name="contentType">What it is; told by its content when left out.</param>
    /// <param name="progress">Hears how many bytes were sent so far.</param>
    /// <param name="cancellationToken">Breaks the upload off; the former picture stays.</param>
    /// <exception cref="P2PException">
    /// RATE_LIMITED, NOT_JOINED_P2P, FILE_TYPE_REFUSED, FILE_TOO_LARGE, BUSY, TIMEOUT, FILE_MALFORMED, TOO_MANY_PIXELS, QUOTA_EXCEEDED,
    /// UNAVAILABLE.
    /// </exception>
    public Task<FileView> SetPictureAsync(
        Stream content,
        string? contentType = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        SendAsync(_rest, HttpMethod.Put, "api/p2p/profile/picture", content, "picture", contentType, isEncrypted: false, progress, cancellationToken);

    /// <summary>Takes one's profile picture away; harmless when there is none.</summary>
    /// <param name="cancellationToken">Ends the wait; whether it happened is then unknown.</param>
    public async Task RemovePictureAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "api/p2p/profile/picture");
        using var response = await _rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches a user's profile picture; <c>ProfileView.PictureId</c> says whether there is one.</summary>
    /// <param name="profileId">Whose.</param>
    /// <param name="cancellationToken">Ends the wait for the answer's head.</param>
    /// <returns>Its content; dispose it.</returns>
    /// <exception cref="P2PException">NOT_FOUND, RATE_LIMITED, UNAVAILABLE.</exception>
    public Task<DownloadedFile> GetPictureAsync(long profileId, CancellationToken cancellationToken = default) =>
        FetchAsync(_rest, string.Create(CultureInfo.InvariantCulture, $"api/p2p/profiles/{profileId}/picture"), cancellationToken);

    /// <summary>Sends a file as a request's body.</summary>
    internal static async Task<FileView> SendAsync(
        RestCaller rest,
        HttpMethod method,
        string path,
        Stream content,
        string name,
        string? contentType,
        bool isEncrypted,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(name);
        using var body = new UploadContent(content, progress);
        if (contentType is not null)
        {
            body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        using var request = new HttpRequestMessage(method, path) { Content = body };
        // What is refused by its head is not sent at all.
        request.Headers.ExpectContinue = true;
        request.Headers.Add("X-File-Name", Uri.EscapeDataString(name.Length > Limits.FileNameCharsMax ? name[..Limits.FileNameCharsMax] : name));
        if (isEncrypted)
        {
            request.Headers.Add("X-File-Encrypted", "1");
        }

        using var response = await rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await RestCaller.ReadAsync<FileView>(response, "file", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches a file.</summary>
    internal static async Task<DownloadedFile> FetchAsync(RestCaller rest, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var response = await rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var headers = response.Content.Headers;
        return new DownloadedFile(response, stream)
        {
            ContentType = headers.ContentType?.MediaType ?? "application/octet-stream",
            Bytes = headers.ContentLength,
            Name = headers.ContentDisposition?.FileNameStar ?? headers.ContentDisposition?.FileName?.Trim('"') ?? "file",
        };
    }
}
