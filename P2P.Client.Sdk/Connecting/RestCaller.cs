using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>Calls of the REST paths: a token each, and refusals as <see cref="P2PException"/>.</summary>
internal sealed class RestCaller : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly P2PClientOptions _options;
    private readonly HttpClient _http;

    public RestCaller(P2PClientOptions options)
    {
        var server = options.ServerUrl!; // Checked when the options were taken.
        var address = new UriBuilder(server)
        {
            Scheme = server.Scheme switch
            {
                "ws" => "http",
                "wss" => "https",
                var scheme => scheme,
            },
            Port = server.Port,
            Path = server.AbsolutePath.TrimEnd('/') + "/",
            Query = "",
        };
        _options = options;
        _http = new HttpClient(options.HttpHandler?.Invoke() ?? new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = address.Uri,
            Timeout = options.CallTimeout,
        };
    }

    /// <summary>The answer once its head is there; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // TokenProvider was checked when the options were taken.
        var token = await _options.TokenProvider!(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new P2PException(ErrorCodes.Unavailable, "The server could not be reached, or the connection broke off.", innerException: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new P2PException(ErrorCodes.Timeout, "There is no answer in time.", innerException: e);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One member of an answer's data.</summary>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, string member, CancellationToken cancellationToken)
    {
        try
        {
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return body.RootElement.GetProperty("data").GetProperty(member).Deserialize<T>(Json) ?? throw new JsonException("The member is null.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or HttpRequestException or IOException)
        {
            throw new P2PException(ErrorCodes.Unavailable, "The server's answer cannot be read: whether the call happened is unknown.", innerException: e);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<P2PException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var details = response.Headers.RetryAfter?.Delta is { } wait
            ? JsonDocument.Parse(string.Create(CultureInfo.InvariantCulture, $"{{\"retryAfterMs\":{(long)wait.TotalMilliseconds}}}")).RootElement
            : default;
        try
        {
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            if (body.RootElement.TryGetProperty("code", out var code) && body.RootElement.TryGetProperty("error", out var error))
            {
                return new P2PException(code.GetString() ?? ErrorCodes.Internal, error.GetString() ?? "", details);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or HttpRequestException or IOException)
        {
            // Nothing is lost: something between us and the server answered, in its own words: its status says all that there is.
        }

        var status = (int)response.StatusCode;
        var unknown = status >= 500 ? ErrorCodes.Unavailable : status == 401 ? ErrorCodes.Unauthenticated : ErrorCodes.BadInput;
        return new P2PException(unknown, string.Create(CultureInfo.InvariantCulture, $"The server answered {status}."), details);
    }
}
