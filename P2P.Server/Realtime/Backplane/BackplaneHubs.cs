using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using P2P.Server.Core;
using P2P.Server.Core.Hubs;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// The framework's own sends (<c>Clients.User</c>, <c>Group</c>, <c>All</c> and their like) over all nodes, as its contract asks. Connections
/// of this node are served at once; other nodes hear by one channel for each user and each group, and one for everybody. No send waits for a
/// connection or for Redis. What the house itself pushes are events, which go by <see cref="EventRelay"/>.
/// </summary>
public sealed class BackplaneHubs<THub> : HubConnections<THub>
    where THub : Hub
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    private readonly HubMembers _members = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _asked = [];
    private readonly ClusterBus _bus;
    private readonly ILogger _log;
    private readonly string _hub = typeof(THub).Name;
    private long _asks;

    public BackplaneHubs(ILogger<DefaultHubLifetimeManager<THub>> log, LimitSettings limits, ClusterBus bus)
        : base(log, limits)
    {
        (_log, _bus) = (log, bus);
        _ = bus.Join(Everybody, message => PostExcept(_members.All, HubFormat.ReadSend(message.Payload)));
        _ = bus.Join(Connections, message => PostTo(HubFormat.ReadSend(message.Payload)));
        _ = bus.Join(Commands, message => _ = Obey(message.Node, HubFormat.ReadCommand(message.Payload)));
        _ = bus.Join(AnswersFor(bus.Node), message => Answered(HubFormat.ReadCommand(message.Payload).Ask));
    }

    private string Everybody => $"{_hub}:all";

    private string Connections => $"{_hub}:connections";

    private string Commands => $"{_hub}:commands";

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        var member = new HubOutbox(connection, _log);
        _members.Add(member);
        if (connection.UserIdentifier is { } userId)
        {
            await Put(Of(userId), member);
        }
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        foreach (var set in _members.Remove(connection.ConnectionId))
        {
            _bus.Leave(set);
        }

        return base.OnDisconnectedAsync(connection);
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAllExceptAsync(methodName, args, [], cancellationToken);

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Send(Everybody, _members.All, excludedConnectionIds, new HubFrame(methodName, args).Bytes);

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupExceptAsync(
        string groupName,
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        Send(Group(groupName), _members.In(Group(groupName)), excludedConnectionIds, new HubFrame(methodName, args).Bytes);

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendSets(groupNames.Select(Group), new HubFrame(methodName, args).Bytes);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendUsersAsync([userId], methodName, args, cancellationToken);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendSets(userIds.Select(Of), new HubFrame(methodName, args).Bytes);

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        _members.Find(connectionId) is not null
            ? base.SendConnectionAsync(connectionId, methodName, args, cancellationToken)
            : SendConnectionsAsync([connectionId], methodName, args, cancellationToken);

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        var send = new HubSend(connectionIds, new HubFrame(methodName, args).Bytes);
        if (PostTo(send) < connectionIds.Count)
        {
            _bus.Publish(Connections, HubFormat.Write(send));
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Ends when sends to the group reach the connection, wherever it is. When no node answers for it within two seconds, it is cancelled.
    /// </summary>
    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        _members.Find(connectionId) is { } member
            ? Put(Group(groupName), member)
            : Ask(connectionId, groupName, joins: true, cancellationToken);

    /// <summary>As <see cref="AddToGroupAsync"/>.</summary>
    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_members.Find(connectionId) is not { } member)
        {
            return Ask(connectionId, groupName, joins: false, cancellationToken);
        }

        Take(Group(groupName), member);
        return Task.CompletedTask;
    }

    private static void PostExcept(IEnumerable<HubOutbox> members, HubSend send)
    {
        var excluded = send.Ids.Count > 0 ? send.Ids.ToHashSet(StringComparer.Ordinal) : null;
        foreach (var member in members)
        {
            if (excluded?.Contains(member.Connection.ConnectionId) != true)
            {
                member.Post(send.Frame);
            }
        }
    }

    private string Group(string name) => $"{_hub}:group:{name}";

    private string Of(string userId) => $"{_hub}:user:{userId}";

    private string AnswersFor(long node) => $"{_hub}:answers:{ClusterBus.NameOf(node)}";

    private Task Send(string channel, IEnumerable<HubOutbox> here, IReadOnlyList<string> excluded, ReadOnlyMemory<byte> frame)
    {
        var send = new HubSend(excluded, frame);
        PostExcept(here, send);
        _bus.Publish(channel, HubFormat.Write(send));
        return Task.CompletedTask;
    }

    private Task SendSets(IEnumerable<string> sets, ReadOnlyMemory<byte> frame)
    {
        foreach (var set in sets)
        {
            Send(set, _members.In(set), [], frame);
        }

        return Task.CompletedTask;
    }

    /// <summary>How many of them are here.</summary>
    private int PostTo(HubSend send)
    {
        var here = send.Ids.Select(_members.Find).OfType<HubOutbox>().ToList();
        here.ForEach(member => member.Post(send.Frame));
        return here.Count;
    }

    private Task Put(string set, HubOutbox member)
    {
        // Joined before it is a member: whoever disconnects meanwhile leaves what it was in, and this takes back what it was not.
        var joined = _bus.Join(set, message => PostExcept(_members.In(set), HubFormat.ReadSend(message.Payload)));
        if (!_members.PutInto(set, member))
        {
            _bus.Leave(set);
        }

        return joined;
    }

    private void Take(string set, HubOutbox member)
    {
        if (_members.TakeFrom(set, member))
        {
            _bus.Leave(set);
        }
    }

    private async Task Ask(string connectionId, string group, bool joins, CancellationToken cancellation)
    {
        var ask = Interlocked.Increment(ref _asks);
        var answer = _asked[ask] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bus.Publish(Commands, HubFormat.Write(new HubGroupCommand(ask, connectionId, group, joins)));
        try
        {
            await answer.Task.WaitAsync(AnswerMax, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new OperationCanceledException("No node has the connection, or the backplane is degraded.", e);
        }
        finally
        {
            _asked.TryRemove(ask, out _);
        }
    }

    private async Task Obey(long asker, HubGroupCommand command)
    {
        if (_members.Find(command.ConnectionId) is not { } member)
        {
            return;
        }

        if (command.Joins)
        {
            await Put(Group(command.Group), member);
        }
        else
        {
            Take(Group(command.Group), member);
        }

        _bus.Publish(AnswersFor(asker), HubFormat.Write(command));
    }

    private void Answered(long ask)
    {
        if (_asked.TryRemove(ask, out var answer))
        {
            answer.TrySetResult();
        }
    }
}
