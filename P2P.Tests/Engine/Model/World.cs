using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.CryptoOrders;

namespace P2P.Tests.Engine.Model;

/// <summary>A command as it is sent, and what the model says that it answers.</summary>
/// <param name="Command">The command.</param>
/// <param name="Code">The refusal's code; null for a reply.</param>
/// <param name="RepeatOf">The number of the command whose answer must come again.</param>
internal sealed record Sent(EngineCommand Command, string? Code, int? RepeatOf = null);

/// <summary>Plays steps on the model and tells which commands they are.</summary>
internal sealed class World
{
    private static readonly decimal[] Amounts = [0.1m, 0.5m, 1, 1.23456789m, 2, 3, 4];
    private static readonly int[] AdvanceMinutes = [0, 1, 2, 3, 10, 29, 30, 31, 600, 1_440, 1_441];
    private static readonly OrderAction[] Actions = [.. Enum.GetValues<OrderAction>().Where(action => action > OrderAction.Place)];

    private const long StaffFirst = 900_001;

    private readonly List<Guid> _orderIds = [];
    private readonly List<Guid> _withdrawalIds = [];
    private readonly List<Sent> _sent = [];
    private readonly Func<Guid> _newRequestId;

    public World(IReadOnlyList<long> users, IReadOnlyList<Guid> ads, DateTimeOffset now, Func<World, Guid> newRequestId)
    {
        (Users, Ads, Model.Now) = (users, ads, now);
        _newRequestId = () => newRequestId(this);
    }

    public ReferenceModel Model { get; } = new();

    public IReadOnlyList<long> Users { get; }

    public IReadOnlyList<Guid> Ads { get; }

    public IReadOnlyList<Guid> OrderIds => _orderIds;

    public IReadOnlyList<Guid> WithdrawalIds => _withdrawalIds;

    public IReadOnlyList<Sent> AllSent => _sent;

    /// <summary>What everyone begins with.</summary>
    public IEnumerable<Sent> Begin() => Enumerable.Range(0, Users.Count).Select(user => Send(Deposit(user, $"begin-{user}", 4)));

    /// <summary>Plays a step that is a command; null when there is nothing that it could mean.</summary>
    public Sent? Play(Step step)
    {
        var user = step.Who % Users.Count;
        var sent = step.Verb switch
        {
            Verb.Place => Place(step),
            Verb.Move => Move(step),
            Verb.Dispute => Dispute(step) ?? Move(step),
            Verb.ChangeTotal => ChangeTotal(step.Who % 3 == 0 ? user : Model.Ads[step.What % Ads.Count].Owner, step.What % Ads.Count, step.HowMuch % 10),
            Verb.Suspend => Suspend(user, step.HowMuch % 3 == 0),
            Verb.Deposit => Deposit(user, $"ref-{step.What % 6}", Amounts[step.HowMuch % 3]),
            Verb.Withdraw => Withdraw(user, Amounts[step.HowMuch % Amounts.Length]),
            Verb.EndWithdrawal => EndWithdrawal(step),
            Verb.Repeat => Repeat(step),
            _ => null,
        };
        return sent is null ? null : Send(sent);
    }

    /// <summary>How far a step moves the clock.</summary>
    public static TimeSpan Time(Step step) => TimeSpan.FromMinutes(AdvanceMinutes[step.HowMuch % AdvanceMinutes.Length]);

    /// <summary>Opens or closes an ad, as its maker does outside the engine.</summary>
    public (int Ad, bool Open) OpenOrClose(Step step)
    {
        var ad = Model.Ads[step.What % Ads.Count];
        ad.Open = step.HowMuch % 2 == 0;
        ad.Version++;
        return (step.What % Ads.Count, ad.Open);
    }

    private Sent Send(Sent sent)
    {
        _sent.Add(sent);
        return sent;
    }

    private Sent Place(Step step)
    {
        var ad = step.What % Ads.Count;
        var crypto = step.HowMuch % 5 == 0 ? Amounts[step.HowMuch / 5 % Amounts.Length] : Amounts[1 + (step.HowMuch % 3)];
        var user = step.Who % 20 == 0 ? Model.Ads[ad].Owner : (Model.Ads[ad].Owner + 1 + (step.Who % (Users.Count - 1))) % Users.Count;
        var command = EngineMarket.Place(Users[user], Ads[ad], crypto, _newRequestId());
        _orderIds.Add(command.OrderId);
        return new Sent(command, Model.Place(user, ad, crypto));
    }

    private Sent? Move(Step step)
    {
        if (_orderIds.Count == 0)
        {
            return null;
        }

        // Mostly one of the youngest that were placed: others have ended, or never were.
        var placed = Enumerable.Range(0, _orderIds.Count).Where(i => step.What % 25 == 0 || Model.Orders[i] is not null).TakeLast(4).ToList();
        if (placed.Count == 0)
        {
            return null;
        }

        var index = placed[step.What % placed.Count];
        var order = Model.Orders[index];
        var (action, by) = (Actions[step.HowMuch / 2 % Actions.Length], (Party?)(Party.Buyer + (step.Who % 3)));
        var rows = CryptoOrderRules.Table.Where(row => row.From == order?.Status && row.Action < OrderAction.ResolveRelease).ToList();
        if (step.HowMuch % 4 != 0 && rows.Count > 0)
        {
            // Mostly something that the status allows; whether the model does is another matter.
            (action, by) = (rows[step.HowMuch / 4 % rows.Count].Action, rows[step.HowMuch / 4 % rows.Count].By);
        }

        var user = by switch
        {
            Party.System => Caller.System.UserId,
            Party.Buyer when order is not null => Users[order.Buyer],
            Party.Seller when order is not null => Users[order.Seller],
            _ => Users[step.Who % Users.Count],
        };
        if (step.Who % 50 == 0 && order is not null)
        {
            (user, by) = (Users.First(other => other != Users[order.Buyer] && other != Users[order.Seller]), null);
        }

        var minutes = 5 + (step.What % 30);
        var command = EngineMarket.Move(user, _orderIds[index], action, _newRequestId()) with
        {
            Minutes = minutes,
            Reference = "paid",
            Dispute = new DisputeTerms(Ids.New(), DisputeReason.Other, "it went wrong"),
        };
        return new Sent(command, Model.Move(order, by, action, minutes));
    }

    private Sent? Dispute(Step step)
    {
        var disputed = Enumerable.Range(0, _orderIds.Count).Where(i => step.What % 25 == 0 || Model.Orders[i]?.Dispute is not null).TakeLast(3).ToList();
        if (disputed.Count == 0)
        {
            return null;
        }

        var index = disputed[step.What % disputed.Count];
        var order = Model.Orders[index];
        var action = DisputeAction.Raise + 1 + (step.HowMuch % 7);
        var by = action switch
        {
            DisputeAction.TimeOver => Party.System,
            DisputeAction.Assign or DisputeAction.Rule or DisputeAction.ConfirmRuling => Party.Staff,
            _ => step.Who % 2 == 0 ? Party.Buyer : Party.Seller,
        };
        var decision = RulingDecision.Release + (step.HowMuch / 7 % 3);
        var actor = by switch
        {
            Party.System => Caller.System.UserId,
            Party.Staff => StaffFirst + (step.Who % 2),
            _ => Users[order is null ? 0 : by == Party.Buyer ? order.Buyer : order.Seller],
        };
        long? assignee = action == DisputeAction.Assign && step.Who % 7 != 0 ? StaffFirst + (step.What / 3 % 2) : null;
        var id = _newRequestId();
        var command = new MoveDispute
        {
            UserId = actor,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            OrderId = _orderIds[index],
            Action = action,
            By = by,
            Text = "look again",
            Ruling = action == DisputeAction.Rule
                ? new RulingTerms(decision, decision == RulingDecision.Split ? 50 : null, "as it was shown")
                : null,
            AssigneeId = assignee,
            IsAdmin = step.Who % 3 == 0,
        };
        return new Sent(command, Model.MoveDispute(order, by, actor, command.IsAdmin, assignee, action, decision));
    }

    private Sent ChangeTotal(int user, int ad, decimal total)
    {
        var id = _newRequestId();
        var command = new ChangeOfferTotal { Kind = OrderKind.Crypto, UserId = Users[user], RequestId = id, BodyHash = id.ToByteArray(), OfferId = Ads[ad], Total = total };
        return new Sent(command, Model.ChangeTotal(user, ad, total));
    }

    private Sent Suspend(int user, bool suspended)
    {
        var id = _newRequestId();
        Model.Users[user].Suspended = suspended;
        return new Sent(
            new SetSuspended { UserId = 0, RequestId = id, BodyHash = id.ToByteArray(), SubjectId = Users[user], Suspended = suspended }, null);
    }

    private Sent Deposit(int user, string reference, decimal amount)
    {
        var id = _newRequestId();
        var command = new Deposit
        {
            UserId = 0,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            ExternalReference = $"{Users[0]}:{reference}",
            SubjectId = Users[user],
            Asset = "BTC",
            Amount = amount,
        };
        return new Sent(command, Model.Deposit(reference, user, amount));
    }

    private Sent Withdraw(int user, decimal amount)
    {
        var id = _newRequestId();
        _withdrawalIds.Add(Ids.New());
        var command = new RequestWithdrawal
        {
            UserId = Users[user],
            RequestId = id,
            BodyHash = id.ToByteArray(),
            WithdrawalId = _withdrawalIds[^1],
            Asset = "BTC",
            Amount = amount,
            Destination = "outside",
        };
        return new Sent(command, Model.Withdraw(user, amount));
    }

    private Sent? EndWithdrawal(Step step)
    {
        if (_withdrawalIds.Count == 0)
        {
            return null;
        }

        var index = step.What % _withdrawalIds.Count;
        var withdrawal = Model.Withdrawals[index];
        var id = _newRequestId();
        var command = new EndWithdrawal
        {
            UserId = 0,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            WithdrawalId = _withdrawalIds[index],
            SubjectId = Users[withdrawal?.User ?? 0],
            Asset = "BTC",
            Settled = step.HowMuch % 2 == 0,
            ExternalReference = $"{_withdrawalIds[index]}:{step.HowMuch / 2 % 2}",
        };
        return new Sent(
            command, Model.End(withdrawal, command.Settled, command.ExternalReference));
    }

    private Sent? Repeat(Step step)
    {
        // A refusal of the server's own proposal and SUSPENDED are not stored: whoever repeats them asks anew.
        var stored = Enumerable.Range(0, _sent.Count)
            .Where(i => _sent[i].RepeatOf is null && (_sent[i].Code is null || (_sent[i].Command.UserId != 0 && _sent[i].Code != ErrorCodes.Suspended)))
            .ToList();
        if (stored.Count == 0)
        {
            return null;
        }

        var index = stored[step.What % stored.Count];
        var first = _sent[index];
        return step.HowMuch % 4 == 0
            ? new Sent(first.Command with { BodyHash = RequestHash.Of("other", new { step.What }) }, ErrorCodes.RequestIdReused)
            : new Sent(first.Command, first.Code, index);
    }
}
