using System.Collections.Concurrent;
using System.Globalization;
using P2P.Contracts;
using P2P.Server.Core.Http;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// How many connections stand, by user and by address, and how often a user begins one; those beyond the limits are answered 429 before
/// they become connections.
/// </summary>
public sealed class ConnectionLimits(LimitSettings limits)
{
    private const int RetryAfterMs = 5_000;

    private readonly ConcurrentDictionary<string, int> _standing = new(StringComparer.Ordinal);
    private readonly RateTable<long> _connects = new(_ => limits.ConnectsPerUser);
    private int _count;

    /// <summary>Connections that stand; one that is closed counts until all that was written to it is sent.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Runs a hub's endpoint for as long as the connection stands.</summary>
    public async Task Run(HttpContext context, RequestDelegate endpoint)
    {
        var userId = CallerClaims.CallerOf(context.User)?.UserId;
        if (userId is { } known && _connects.Take(known) is > 0 and var waitMs)
        {
            await HubAnswer.Refuse(
                context, StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimited, "Too many connections are begun.", waitMs);
            return;
        }

        var user = $"user {userId?.ToString(CultureInfo.InvariantCulture)}";
        var address = $"address {ClientNetwork.Of(context)}";
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
                Interlocked.Increment(ref _count);
                await endpoint(context);
            }
            finally
            {
                Interlocked.Decrement(ref _count);
                Leave(address);
            }
        }
        finally
        {
            Leave(user);
        }
    }

    private static Task Refuse(HttpContext context) =>
        HubAnswer.Refuse(
            context, StatusCodes.Status429TooManyRequests, ErrorCodes.QuotaExceeded, "Too many connections.", RetryAfterMs);

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
