using System.Text.Json;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Notifications.Sending;
using P2P.Server.Accounts.Notifications.WebPush;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Notifications;

/// <summary>A notification that is about to be made.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="EventId">What it comes from: a user is told of one thing once.</param>
/// <param name="Notice">What it tells.</param>
/// <param name="At">When that happened.</param>
public sealed record NewNotification(long UserId, Guid EventId, Notice Notice, DateTimeOffset At);

/// <summary>
/// Makes notifications in a change's transaction: their rows, their live events, and what is to be sent outside, by each user's preferences.
/// </summary>
public sealed class Notifier(NotificationChannels channels)
{
    public async Task Add(Change change, IReadOnlyList<NewNotification> wanted)
    {
        var fresh = wanted.DistinctBy(one => (one.UserId, one.EventId)).ToList();
        if (fresh.Count == 0)
        {
            return;
        }

        var now = await change.Now();
        var recipients = await RecipientSql.Of(change.Tx, [.. fresh.Select(one => one.UserId).Distinct()]);

        // Lists run by id, and ids of one millisecond are in no order of their own.
        var inOrder = fresh.Select(_ => Ids.New()).Order().ToList();
        var all = fresh.Zip(inOrder, (one, id) => (Id: id, New: one, To: recipients[one.UserId])).ToList();
        var ids = (await NotificationSql.Insert(
            change.Tx,
            [.. all.Select(one => one.Id)],
            [.. all.Select(one => one.New.UserId)],
            [.. all.Select(one => one.New.EventId)],
            [.. all.Select(one => one.New.Notice.Kind.ToString())],
            [.. all.Select(one => JsonSerializer.Serialize(one.New.Notice.Args))],
            [.. all.Select(one => one.To.Of(one.New.Notice.Kind).InApp)],
            [.. all.Select(one => one.New.At)])).ToHashSet();

        var made = all.FindAll(one => ids.Contains(one.Id));
        await OutboxSql.Add(change.Tx, [.. made.SelectMany(one => Outgoing(one.Id, one.New, one.To, now))], now);
        change.Tell(made.Where(one => one.To.Of(one.New.Notice.Kind).InApp).Select(one => PendingEvent.For(
            one.New.UserId, Audience.All, nameof(IAccountClient.NotificationAdded), new NotificationAdded { Notification = View(one.Id, one.New) })));
    }

    private IEnumerable<Outgoing> Outgoing(Guid id, NewNotification made, Recipient to, DateTimeOffset now)
    {
        var chosen = to.Of(made.Notice.Kind);
        var payload = new OutgoingNotice { Id = id, Kind = made.Notice.Kind, Args = made.Notice.Args, At = made.At };
        if (channels.Email && chosen.Email && to.EmailConfirmed)
        {
            var (at, inDigest) = PreferenceRules.DueAt(now, made.Notice.Kind, to.Rhythm, to.Quiet);
            yield return new Outgoing(to.UserId, OutboxChannel.Email, $"{id:N}:email", payload, at, inDigest);
        }

        if (channels.Push && chosen.Push is true)
        {
            var message = WebPushRules.MessageOf(id, made.Notice, made.At);
            var (at, _) = PreferenceRules.DueAt(now, made.Notice.Kind, EmailRhythm.Immediate, to.Quiet);
            foreach (var subscription in to.Subscriptions)
            {
                var push = new OutgoingPush { SubscriptionId = subscription, Message = message };
                yield return new Outgoing(to.UserId, OutboxChannel.WebPush, $"{id:N}:{subscription:N}", push, at, Digest: false);
            }
        }
    }

    private static NotificationView View(Guid id, NewNotification made) => new()
    {
        Id = id,
        Kind = made.Notice.Kind,
        Args = made.Notice.Args,
        At = made.At,
    };
}

/// <summary>By which channels this server can send outside.</summary>
/// <param name="Email">It has a mail server.</param>
/// <param name="Push">It has a key for push services.</param>
public sealed record NotificationChannels(bool Email, bool Push);
