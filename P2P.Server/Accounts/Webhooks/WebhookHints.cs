using System.Collections.Concurrent;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>
/// Users of whom this node knows that there may be something to deliver. It only saves time: what finds no room is found by the sweep. Two lists,
/// one for receivers that are quick and one for those that are not.
/// </summary>
public sealed class WebhookHints
{
    private const int UsersMax = 20_000;

    private readonly ConcurrentDictionary<long, byte> _quick = new();
    private readonly ConcurrentDictionary<long, byte> _slow = new();

    public void Add(long userId)
    {
        Add(_quick, userId);
        Add(_slow, userId);
    }

    /// <summary>Gives users back that could not be looked at yet.</summary>
    public void Return(bool slow, IEnumerable<long> users)
    {
        foreach (var user in users)
        {
            Add(slow ? _slow : _quick, user);
        }
    }

    /// <summary>Takes users off first: what is recorded from then on hints anew.</summary>
    public long[] Take(bool slow, int usersMax)
    {
        var list = slow ? _slow : _quick;
        long[] users = [.. list.Keys.Take(usersMax)];
        foreach (var user in users)
        {
            list.TryRemove(user, out _);
        }

        return users;
    }

    private static void Add(ConcurrentDictionary<long, byte> list, long userId)
    {
        if (list.Count < UsersMax)
        {
            list[userId] = 0;
        }
    }
}
