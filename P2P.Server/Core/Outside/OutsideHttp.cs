using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace P2P.Server.Core.Outside;

/// <summary>What became of a request to an address that a user gave.</summary>
public sealed record OutsideAnswer
{
    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Why it failed, as a sentence for the user who gave the address; null for 2xx.</summary>
    public string? Error { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>How much of the answer's body was read; it is thrown away.</summary>
    public int BodyBytes { get; init; }

    /// <summary>The body was longer than what is read; the connection was closed.</summary>
    public bool IsCut { get; init; }

    public int TookMs => (int)Took.TotalMilliseconds;
}

/// <summary>
/// The one way to addresses that users gave. It must not become a way into the operator's own network: the address is checked when it is
/// connected to, after the name was resolved, and the connection goes to the very address that was checked; no redirect, proxy or cookie, an end
/// after five seconds and 64 KB, and nothing of the answer but its status is told to anybody.
/// </summary>
public sealed class OutsideHttp : IDisposable
{
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(5);
    public const int BodyBytesMax = 64 * 1024;
    public const int UrlCharsMax = 2_000;

    private const int HeadersKilobytesMax = 16;
    private const int AddressesTried = 4;
    private static readonly TimeSpan PooledAtMost = TimeSpan.FromMinutes(1);

    private readonly OutsideAllowance _allowance;
    private readonly HttpClient _http;

    public OutsideHttp(OutsideAllowance allowance)
    {
        _allowance = allowance;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = Connect,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null, // Nobody outside learns of our traces.
            MaxResponseHeadersLength = HeadersKilobytesMax,
            PooledConnectionLifetime = PooledAtMost,
            PooledConnectionIdleTimeout = PooledAtMost,
        };
        if (allowance.Certificates.Count > 0)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None
                || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsTrustedHere(certificate));
        }

        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("P2P-Server", null));
    }

    /// <summary>What may be reached beside public addresses.</summary>
    public IReadOnlyList<IPNetwork> Allowed => _allowance.Networks;

    /// <summary>Posts; never throws for anything that the other side does.</summary>
    public async Task<OutsideAnswer> Post(
        string url, byte[] body, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        if (OutsideRules.WhyNot(url, UrlCharsMax, Allowed) is { } why)
        {
            return new OutsideAnswer { Error = why, Took = TimeSpan.Zero };
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(TimeMax);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        int? status = null;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            status = (int)response.StatusCode;
            var (bytes, isCut) = await Drain(response, time.Token);
            return new OutsideAnswer
            {
                Status = status,
                Error = ErrorOf(response.StatusCode),
                Took = Stopwatch.GetElapsedTime(since),
                BodyBytes = bytes,
                IsCut = isCut,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UriFormatException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new OutsideAnswer { Status = status, Error = ErrorOf(e), Took = Stopwatch.GetElapsedTime(since) };
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, cancellation);
        var reachable = addresses.Where(address => OutsideRules.MayReach(address, Allowed)).Take(AddressesTried).ToList();
        if (reachable.Count == 0)
        {
            throw new OutsideRefusedException(addresses.Length == 0 ? "The name leads nowhere." : "The address is not public.");
        }

        SocketException? last = null;
        foreach (var address in reachable)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new OutsideRefusedException("Nobody answers there.", last);
    }

    private static async Task<IPAddress[]> Resolve(string host, CancellationToken cancellation)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellation);
        }
        catch (SocketException e)
        {
            throw new OutsideRefusedException("The name leads nowhere.", e);
        }
    }

    /// <summary>Reads so much of the body that the connection can be used again, and no more.</summary>
    private static async Task<(int Bytes, bool IsCut)> Drain(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[BodyBytesMax];
        var bytes = await body.ReadAtLeastAsync(buffer, BodyBytesMax, throwOnEndOfStream: false, cancellation);
        return (bytes, bytes == BodyBytesMax && await body.ReadAsync(buffer.AsMemory(0, 1), cancellation) > 0);
    }

    private bool IsTrustedHere(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 whole)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_allowance.Certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(whole);
    }

    private static string? ErrorOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => string.Create(CultureInfo.InvariantCulture, $"The answer was {(int)status}: redirects are not followed."),
        _ => string.Create(CultureInfo.InvariantCulture, $"The answer was {(int)status}."),
    };

    private static string ErrorOf(Exception e) => e switch
    {
        OperationCanceledException => "There was no whole answer within 5 seconds.",
        _ when e.InnerException is OutsideRefusedException refused => refused.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "No secure connection came about: see the certificate.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "The answer's head was too long.",
        UriFormatException => "This is no absolute address.",
        _ => "The connection broke off.",
    };
}

/// <summary>A connection was not made; the text is for the user who gave the address.</summary>
public sealed class OutsideRefusedException(string message, Exception? inner = null) : Exception(message, inner);
