using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Disputes;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Deals.Engine;

/// <summary>Disputes: they begin and end with their order, in one transaction.</summary>
public sealed partial class Batch
{
    private readonly Dictionary<Guid, Dispute> _disputes = [];
    private readonly Dictionary<Guid, DisputeProof> _proofs = [];
    private readonly Dictionary<long, int> _openRaised = [];
    private readonly HashSet<Guid> _newDisputes = [];
    private readonly HashSet<Guid> _changedDisputes = [];
    private readonly List<DisputeStep> _steps = [];
    private readonly List<RulingRow> _rulings = [];
    private readonly HashSet<long> _staff = [];

    /// <summary>Takes what the parties have shown; later than before, it counts.</summary>
    public void Take(DisputeProof proof) => _proofs[proof.OrderId] = proof;

    /// <summary>The dispute of an order that the batch has touched; null without one.</summary>
    public Dispute? FindDispute(Guid orderId) => _disputes.GetValueOrDefault(orderId);

    private void LoadDisputes(Script script, BatchKeys keys)
    {
        if (keys.Disputed.Count == 0)
        {
            return;
        }

        DisputeSql.Load(script, keys.Disputed, dispute => _disputes.Add(dispute.OrderId, dispute));
        DisputeSql.LoadStaff(
            script,
            keys.Disputed,
            [.. commands.OfType<MoveDispute>().SelectMany(move => move.AssigneeId is { } to ? move.Colleagues.Append(to) : move.Colleagues).Distinct()],
            user => _staff.Add(user));
        if (commands.Any(command => command is MoveDispute))
        {
            DisputeSql.LoadProofs(script, keys.Disputed, Take);
        }

        long[] raisers = [.. commands.OfType<MoveOrder>().Where(move => move.Action == OrderAction.Dispute).Select(move => move.UserId).Distinct()];
        if (raisers.Any(user => user != Caller.System.UserId))
        {
            DisputeSql.CountOpen(script, raisers, _openRaised.Add);
        }
    }

    private void SaveDisputes(Script script)
    {
        DisputeSql.Insert(script, [.. _newDisputes.Select(order => _disputes[order])]);
        DisputeSql.Update(script, [.. _changedDisputes.Except(_newDisputes).Select(order => _disputes[order])]);
        DisputeSql.InsertSteps(script, _steps, _set.Now);
        DisputeSql.InsertRulings(script, _rulings, _set.Now);
    }

    /// <summary>A party has so many open disputes at most; the server's own reasons are made here, where the standings are known.</summary>
    private DisputeTerms TermsOf(MoveOrder command, Order order)
    {
        if (command.UserId != Caller.System.UserId)
        {
            var terms = command.Dispute ?? throw new InvalidOperationException("A dispute without its terms.");
            return _openRaised.GetValueOrDefault(command.UserId) < disputeSettings.OpenMax
                ? terms
                : throw new Refused(
                    ErrorCodes.QuotaExceeded,
                    $"You have {disputeSettings.OpenMax} open disputes already.",
                    ("quota", "disputes"),
                    ("limit", disputeSettings.OpenMax.ToString(CultureInfo.InvariantCulture)));
        }

        var suspended = _set.StandingOf(order.BuyerId).Suspended || _set.StandingOf(order.SellerId).Suspended;
        return new DisputeTerms(Ids.New(), suspended ? DisputeReason.PartySuspended : DisputeReason.Overdue, "");
    }

    private DisputeReply Open(DisputeTerms terms, Order order, Party by, long raiserId)
    {
        var dispute = DisputeRules.Open(terms, order, by, raiserId, _set.Now, disputeSettings);
        _disputes.Add(order.Id, dispute);
        _newDisputes.Add(order.Id);
        _openRaised[raiserId] = _openRaised.GetValueOrDefault(raiserId) + 1;
        return Tell(dispute, order, DisputeAction.Raise, by, raiserId, null);
    }

    /// <summary>The parties have ended the order: its dispute ends with it.</summary>
    private void Settle(Order order, Party by, long actorId)
    {
        var dispute = _disputes[order.Id];
        Keep(DisputeRules.Settle(dispute), order, DisputeAction.Settle, by, actorId, null);
        TellStaff(dispute, order, actorId, []);
    }

    private DisputeReply Move(MoveDispute command)
    {
        var order = _set.FindOrder(command.OrderId) ?? throw NotFound("dispute");
        if (!_kindBatches.ContainsKey(order.Kind))
        {
            throw NotFound("dispute");
        }

        var by = command.By is Party.Staff or Party.System ? command.By : order.PartyOf(command.UserId) ?? throw NotFound("dispute");
        var dispute = _disputes.GetValueOrDefault(order.Id) ?? throw NotFound("dispute");
        if (command.ExpectedVersion is { } expected && expected != dispute.Version)
        {
            throw Stale(dispute.Version);
        }

        var outcome = DisputeRules.Decide(new DisputeFacts
        {
            Dispute = dispute,
            Order = order,
            Proof = _proofs.GetValueOrDefault(order.Id) ?? throw new Refused(ErrorCodes.StaleVersion, "The dispute began this very moment."),
            Action = command.Action,
            By = by,
            ActorId = command.UserId,
            IsAdmin = command.IsAdmin,
            Text = command.Text,
            Ruling = command.Ruling,
            AssigneeId = command.AssigneeId,
            Now = _set.Now,
            Settings = disputeSettings,
        });
        if (outcome.Resolve is { } action)
        {
            Resolve(command, order, action, outcome);
        }

        if (outcome.Ruling is { } ruling)
        {
            _rulings.Add(ruling with { Seq = _proofs[order.Id].Rulings + 1 + _rulings.Count(row => row.DisputeId == dispute.Id) });
        }

        var reply = Keep(outcome.Dispute, order, command.Action, by, command.UserId, outcome.Rule);
        TellStaff(dispute, order, command.UserId, command.Colleagues);
        return reply;
    }

    private void Resolve(MoveDispute command, Order order, OrderAction action, DisputeOutcome outcome)
    {
        var kind = _kindBatches[order.Kind];
        var move = new MoveOrder
        {
            UserId = command.UserId,
            RequestId = command.RequestId,
            BodyHash = command.BodyHash,
            OrderId = order.Id,
            Action = action,
            BuyerShare = outcome.BuyerShare,
        };
        var decision = kind.DecideMove(move, order, outcome.ResolvedBy, _set);
        Apply(kind, decision, order, outcome.ResolvedBy == Party.Staff ? command.UserId : Caller.System.UserId);
    }

    private DisputeReply Keep(Dispute dispute, Order order, DisputeAction action, Party by, long actorId, string? rule)
    {
        var saved = dispute with { Version = dispute.Version + 1 };
        _disputes[order.Id] = saved;
        _changedDisputes.Add(order.Id);
        return Tell(saved, order, action, by, actorId, rule);
    }

    /// <summary>Members of staff hear what concerns them alone, on their own hub.</summary>
    private void TellStaff(Dispute before, Order order, long actorId, IReadOnlyList<long> colleagues)
    {
        var dispute = _disputes[order.Id];
        foreach (var (userId, news) in DisputeRules.NewsFor(before, dispute, order, actorId, colleagues).Where(one => _staff.Contains(one.UserId)))
        {
            _events.Add(PendingEvent.For(
                userId,
                Audience.Admin,
                nameof(IStaffCaseClient.CaseChanged),
                new CaseChanged
                {
                    DisputeId = dispute.Id,
                    OrderId = order.Id,
                    News = news,
                    Version = dispute.Version,
                    Deadline = dispute.Deadline,
                }));
        }
    }

    private DisputeReply Tell(Dispute dispute, Order order, DisputeAction action, Party by, long actorId, string? rule)
    {
        _steps.Add(new DisputeStep(dispute.Id, dispute.Version, action, by, actorId, dispute.Status, rule));
        var isTold = dispute is { Decision: not null, SecondWanted: false };
        _events.AddRange(PendingEvent.ForAll(
            [order.BuyerId, order.SellerId],
            kinds[order.Kind].Audience,
            nameof(IDisputeClient.DisputeChanged),
            new DisputeChanged
            {
                DisputeId = dispute.Id,
                OrderId = order.Id,
                Status = dispute.Status,
                Version = dispute.Version,
                Action = action,
                By = by,
                Rule = rule,
                Decision = isTold ? dispute.Decision : null,
                Deadline = dispute.Deadline,
            }));
        return new DisputeReply
        {
            DisputeId = dispute.Id,
            OrderId = order.Id,
            Status = dispute.Status,
            Version = dispute.Version,
            Deadline = dispute.Deadline,
        };
    }
}
