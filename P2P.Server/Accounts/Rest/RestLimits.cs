using System.Net;
using System.Threading.RateLimiting;
using P2P.Contracts;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;
using P2P.Server.Core.Http;

namespace P2P.Server.Accounts.Rest;

/// <summary>How many requests a minute the REST paths take (section <c>Limits</c>).</summary>
public sealed record RestLimitSettings
{
    /// <summary>A user's requests in any minute (<c>Limits:RestPerUserPerMinute</c>).</summary>
    public int RestPerUserPerMinute { get; init; } = 100;

    /// <summary>An address's requests in any minute (<c>Limits:RestPerAddressPerMinute</c>).</summary>
    public int RestPerAddressPerMinute { get; init; } = 300;

    public static RestLimitSettings From(IConfiguration settings)
    {
        var read = settings.GetSection("Limits").Get<RestLimitSettings>() ?? new RestLimitSettings();
        return read is { RestPerUserPerMinute: > 0, RestPerAddressPerMinute: > 0 }
            ? read
            : throw new SettingsException(
                "Limits:RestPerUserPerMinute and Limits:RestPerAddressPerMinute must be above zero: correct them.");
    }
}

/// <summary>The sliding minute of every address and every user.</summary>
internal sealed class RestLimits : IDisposable
{
    private const int SegmentsPerWindow = 12;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<(IPAddress Address, RestBucket Bucket)> _addresses;
    private readonly PartitionedRateLimiter<(long User, RestBucket Bucket)> _users;
    private readonly RestBucket _perAddress;
    private readonly RestBucket _perUser;

    public RestLimits(RestLimitSettings settings)
    {
        _addresses = PartitionedRateLimiter.Create<(IPAddress, RestBucket Bucket), (IPAddress, RestBucket)>(
            key => Partition(key, key.Bucket.PerMinute));
        _users = PartitionedRateLimiter.Create<(long, RestBucket Bucket), (long, RestBucket)>(key => Partition(key, key.Bucket.PerMinute));
        _perAddress = new RestBucket("", settings.RestPerAddressPerMinute);
        _perUser = new RestBucket("", settings.RestPerUserPerMinute);
    }

    public void EnsureAddress(HttpContext context) =>
        Ensure(_addresses.AttemptAcquire((ClientNetwork.Of(context), BucketOf(context) ?? _perAddress)));

    public void EnsureUser(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated == true)
        {
            Ensure(_users.AttemptAcquire((context.User.Caller().UserId, BucketOf(context) ?? _perUser)));
        }
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _users.Dispose();
    }

    private static RestBucket? BucketOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RestBucket>();

    private static RateLimitPartition<T> Partition<T>(T key, int permits) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = Window,
            SegmentsPerWindow = SegmentsPerWindow,
            QueueLimit = 0,
        });

    private static void Ensure(RateLimitLease lease)
    {
        using (lease)
        {
            if (!lease.IsAcquired)
            {
                var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : Window / SegmentsPerWindow;
                throw Refused.Transient(ErrorCodes.RateLimited, "Too many requests. Try again later", (int)wait.TotalMilliseconds);
            }
        }
    }
}
