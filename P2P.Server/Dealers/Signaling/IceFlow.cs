using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Signaling;

/// <summary>
/// Hands out credentials for the operator's TURN servers, as coturn's REST scheme has them: the name is <c>expiry:peer.chance</c>, the password
/// the HMAC-SHA-1 of the name by the shared secret. A user has at most two that are good.
/// </summary>
public sealed class IceFlow(Database database, TurnSettings settings)
{
    private const int LiveMax = 2;
    private const int ChanceBytes = 9;

    private readonly ConcurrentDictionary<long, IReadOnlyList<Credential>> _live = new();

    public async Task<IceServers> Get(Caller caller, CancellationToken cancellation)
    {
        var peer = await database.Read(tx => PeerSql.Find(tx, caller.UserId), cancellation) ?? throw PeerRules.NotAPeer();
        if (settings.Urls.Count == 0)
        {
            return new IceServers { Servers = [], RelayOnly = settings.RelayOnly };
        }

        var now = DateTimeOffset.UtcNow;
        foreach (var gone in _live.Where(user => user.Value.All(one => one.ExpiresAt <= now)))
        {
            _live.TryRemove(gone);
        }

        var mine = _live.AddOrUpdate(
            caller.UserId,
            _ => [Make(peer.PeerId, now)],
            (_, before) => before.Where(one => one.ExpiresAt > now).ToList() is { Count: < LiveMax } live ? [.. live, Make(peer.PeerId, now)] : before);
        var newest = mine[^1];
        return new IceServers
        {
            Servers = [new IceServer { Urls = settings.Urls, Username = newest.Name, Credential = newest.Password }],
            RelayOnly = settings.RelayOnly,
            ExpiresAt = newest.ExpiresAt,
        };
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "TURN's REST scheme is HMAC-SHA-1.")]
    private Credential Make(byte[] peerId, DateTimeOffset now)
    {
        var expiry = DateTimeOffset.FromUnixTimeSeconds((now + TimeSpan.FromMinutes(settings.Minutes)).ToUnixTimeSeconds());
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{expiry.ToUnixTimeSeconds()}:{PeerRules.Spell(peerId)}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ChanceBytes))}");
        var password = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(settings.Secret), Encoding.UTF8.GetBytes(name)));
        return new Credential(name, password, expiry);
    }

    private sealed record Credential(string Name, string Password, DateTimeOffset ExpiresAt);
}
