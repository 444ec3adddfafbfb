using System.Collections.Concurrent;
using System.Globalization;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// How many connections stand, by user and by address; those beyond the limit are answered 429 before they become connections.
/// </summary>
public sealed class ConnectionLimits(LimitSettings limits)
{
    private const string RetryAfterSeconds = "5";

    private readonly ConcurrentDictionary<string, int> _standing = new(StringComparer.Ordinal);

    /// <summary>Runs a hub's endpoint for as long as the connection stands.</summary>
    public async Task Run(HttpContext context, RequestDelegate endpoint)
    {
        var user = $"user {CallerClaims.CallerOf(context.User)?.UserId.ToString(CultureInfo.InvariantCulture)}";
        var address = $"address {context.Connection.RemoteIpAddress}";
        if (!TryEnter(user, limits.ConnectionsPerUser))
        {
            await Refuse(context);
            return;
        }

        try
        {
            if (!TryEnter(address, limits.ConnectionsPerAddress))
            {
                await Refuse(context);
                return;
            }

            try
            {
                await endpoint(context);
            }
            finally
            {
                Leave(address);
            }
        }
        finally
        {
            Leave(user);
        }
    }

    private static async Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        await context.Response.WriteAsJsonAsync(new { success = false, error = "Too many connections.", code = ErrorCodes.QuotaExceeded });
    }

    private bool TryEnter(string key, int countMax)
    {
        var entered = false;
        _standing.AddOrUpdate(
            key,
            _ =>
            {
                entered = countMax > 0;
                return entered ? 1 : 0;
            },
            (_, count) =>
            {
                entered = count < countMax;
                return entered ? count + 1 : count;
            });
        return entered;
    }

    private void Leave(string key)
    {
        if (_standing.AddOrUpdate(key, 0, (_, count) => count - 1) == 0)
        {
            _standing.TryRemove(KeyValuePair.Create(key, 0));
        }
    }
}
