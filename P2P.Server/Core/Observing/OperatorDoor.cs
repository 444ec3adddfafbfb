using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Server.Core.Observing;

/// <summary>
/// Tells operators from strangers, where no user signs in: by an address of their own, by a token, or by both. With neither, whoever calls
/// from this machine, and through no proxy, is one.
/// </summary>
public sealed class OperatorDoor(MetricsSettings settings)
{
    private const string Bearer = "Bearer ";

    // A proxy on this machine would make everyone a caller from this machine; one that says so is believed.
    private static readonly string[] ProxyHeaders =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    private readonly int? _port = settings.ListenPort;
    private readonly byte[]? _token = settings.Token is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;

    /// <summary>Whether the request came by the operators' own address.</summary>
    public bool IsOwn(HttpContext context) => context.Connection.LocalPort == _port;

    /// <summary>Whether the caller may read what is for operators only.</summary>
    public bool Admits(HttpContext context) =>
        (_port is null || IsOwn(context))
        && (_token is null || HasToken(context))
        && (_port is not null || _token is not null || IsHere(context));

    /// <summary>Answers a caller who is not admitted: what is asked for is not there, unless a token would show it.</summary>
    public void Refuse(HttpContext context)
    {
        if (_token is null || (_port is not null && !IsOwn(context)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
    }

    private static bool IsHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private bool HasToken(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header]
        && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Bearer.Length..].Trim())), _token);
}
