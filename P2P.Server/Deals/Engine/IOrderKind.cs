using P2P.Contracts.Deals;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Deals.Engine;

/// <summary>What is exchanged: the seam at which a kind of order plugs into the engine.</summary>
public interface IOrderKind
{
    OrderKind Kind { get; }

    /// <summary>What an offer of this kind is called in refusals.</summary>
    string OfferName { get; }

    /// <summary>Whose stream tells of orders of this kind, their chat and their disputes.</summary>
    string Audience { get; }

    /// <summary>The only ways by which an order of this kind changes its status.</summary>
    IReadOnlyList<Transition> Table { get; }

    /// <summary>What the server proposes when the deadline of an order is over; null for nothing.</summary>
    OrderAction? DueAction(DueOrder order);

    /// <summary>The details of one batch.</summary>
    IKindBatch Begin();
}

/// <summary>A kind's part in one batch: loads its details, decides, saves them.</summary>
public interface IKindBatch
{
    /// <summary>Adds the statements that read the details; they run after the locks on orders, offers and standings.</summary>
    void Load(Script script, BatchKeys keys);

    /// <summary>Decides about a new order; throws <see cref="Core.Refused"/>. Changes nothing.</summary>
    Decision DecidePlace(PlaceOrder command, Offer offer, IWorkingSet set);

    /// <summary>Decides about an order; throws <see cref="Core.Refused"/>. Changes nothing.</summary>
    Decision DecideMove(MoveOrder command, Order order, Party by, IWorkingSet set);

    /// <summary>Refuses a change of an offer's total by whoever may not change it, and where the offer's details do not allow it.</summary>
    void CheckTotal(Offer offer, long actorId);

    /// <summary>Takes a changed total into the batch and tells the events of it.</summary>
    IEnumerable<PendingEvent> ApplyTotal(Offer offer, long actorId);

    /// <summary>Tells the events of an offer of which orders of this batch have taken, or to which they gave back.</summary>
    IEnumerable<PendingEvent> Ordered(Offer offer);

    /// <summary>Takes a decision's details into the batch and tells the events of the change.</summary>
    IEnumerable<PendingEvent> Apply(Decision decision, Order order);

    /// <summary>What the maker lets the taker read at once when an order was placed; null for nothing. Called after <see cref="Apply"/>.</summary>
    string? AutoReply(Order order);

    /// <summary>Adds the statements that write the details.</summary>
    void Save(Script script);
}

/// <summary>What rules may look at.</summary>
public interface IWorkingSet
{
    /// <summary>The database's clock, read after the locks.</summary>
    DateTimeOffset Now { get; }

    /// <summary>A user's standing; every user has one.</summary>
    Standing StandingOf(long userId);

    /// <summary>A user's available balance of an asset.</summary>
    decimal AvailableOf(long userId, string asset);
}
