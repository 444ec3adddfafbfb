using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace P2P.Server.Accounts.Files.Store;

/// <summary>Files in an S3-compatible store: three calls, signed, streamed both ways, and no redirect followed.</summary>
public sealed class S3Store : IFileStore, IDisposable
{
    private static readonly TimeSpan AnswerWaitMax = TimeSpan.FromSeconds(30);
    private static readonly string NoPayload = Convert.ToHexStringLower(SHA256.HashData([]));

    private readonly S3Settings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = AnswerWaitMax,
    };

    public S3Store(S3Settings settings, TimeProvider time) => (_settings, _time) = (settings, time);

    public async Task Put(string name, Stream content, long bytes, byte[] sha256, CancellationToken cancellation)
    {
        using var body = new StreamContent(content);
        body.Headers.ContentLength = bytes;
        using var request = new HttpRequestMessage(HttpMethod.Put, AddressOf(name)) { Content = body };
        using var response = await Send(request, Convert.ToHexStringLower(sha256), cancellation);
        Ensure(response, response.IsSuccessStatusCode);
    }

    public async Task<Stream> Get(string name, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(name));
        // Not disposed here: that would end the stream. Disposing the stream gives the connection back.
        var response = await Send(request, NoPayload, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                Ensure(response, holds: false);
            }
        }

        return await response.Content.ReadAsStreamAsync(cancellation);
    }

    public async Task Delete(string name, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, AddressOf(name));
        using var response = await Send(request, NoPayload, cancellation);
        Ensure(response, response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, string payloadHash, CancellationToken cancellation)
    {
        S3Signature.Sign(request, _settings, payloadHash, _time.GetUtcNow());
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new FileStoreException("The S3 store could not be reached.", e);
        }
    }

    private Uri AddressOf(string name) =>
        new($"{_settings.Endpoint?.TrimEnd('/')}/{_settings.Bucket}/{StoredNames.Checked(name)}");

    private static void Ensure(HttpResponseMessage response, bool holds)
    {
        if (!holds)
        {
            throw new FileStoreException(string.Create(
                CultureInfo.InvariantCulture, $"The S3 store answered {(int)response.StatusCode} to {response.RequestMessage?.Method}."));
        }
    }
}
