using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Realtime.Push;

/// <summary>The connections of this node, by user and audience.</summary>
public sealed class HubLinks(ILogger<HubLink> log)
{
    private readonly ConcurrentDictionary<(long UserId, string Audience), HubLink[]> _links = new();

    /// <summary>A user is told something here, or begins to listen; handlers neither wait nor throw.</summary>
    public event Action<long>? Told;

    /// <summary>A connection was added; handlers neither wait nor throw.</summary>
    public event Action<HubLink>? Added;

    /// <summary>A connection was removed; once for each that was added. Handlers neither wait nor throw.</summary>
    public event Action<HubLink>? Removed;

    /// <summary>The users who are connected here, and on which audiences.</summary>
    public IEnumerable<(long UserId, string Audience)> Streams => _links.Select(pair => pair.Key);

    public IEnumerable<HubLink> All => _links.SelectMany(pair => pair.Value);

    /// <summary>A user's connections; empty when there are none.</summary>
    public IReadOnlyList<HubLink> Of(long userId, string audience) => _links.TryGetValue((userId, audience), out var links) ? links : [];

    /// <summary>True when the user is connected to this node, on any audience.</summary>
    public bool IsHere(long userId) =>
        new[] { Audience.Trade, Audience.Dealer, Audience.Admin }.Any(audience => Of(userId, audience).Count > 0);

    /// <summary>Adds a connection with its window shut.</summary>
    internal HubLink Add(HubConnectionContext connection, Caller caller, string audience)
    {
        var link = new HubLink(connection, caller, audience, log, Tell);
        Tell(caller.UserId);
        _links.AddOrUpdate((caller.UserId, audience), _ => [link], (_, links) => [.. links, link]);
        Added?.Invoke(link);
        return link;
    }

    private void Tell(long userId) => Told?.Invoke(userId);

    internal void Remove(HubLink link)
    {
        link.End();
        var key = (link.Caller.UserId, link.Audience);
        while (_links.TryGetValue(key, out var links) && links.Contains(link))
        {
            var rest = links.Where(other => other != link).ToArray();
            if (rest.Length == 0 ? _links.TryRemove(KeyValuePair.Create(key, links)) : _links.TryUpdate(key, rest, links))
            {
                Removed?.Invoke(link);
                return;
            }
        }
    }
}
