namespace P2P.Server.Deals.Engine;

/// <summary>
/// The commands that wait, in the order in which they came. Two writers never hold commands on one offer at once, as far as is known here: the second
/// would only wait for the first one's row locks. Whether it is known decides how fast a command is, never what becomes of it. Not for several threads.
/// </summary>
internal sealed class CommandQueue(int batchMax, int waitingMax)
{
    private const int OrdersKnownMax = 100_000;
    private const int LookedAtMax = 1_024;

    private readonly LinkedList<WaitingCommand> _waiting = new();
    private readonly Dictionary<Guid, Guid> _offerOfOrder = [];
    private readonly HashSet<Guid> _held = [];

    public int Count => _waiting.Count;

    /// <returns>Whether there was room.</returns>
    public bool TryAdd(WaitingCommand waiting)
    {
        if (_waiting.Count >= waitingMax)
        {
            return false;
        }

        if (waiting.Command is PlaceOrder place)
        {
            Learn(place.OrderId, place.OfferId);
        }

        _waiting.AddLast(waiting);
        return true;
    }

    /// <summary>Which offer an order took: commands on it are kept from other writers, too.</summary>
    public void Learn(Guid order, Guid offer)
    {
        if (_offerOfOrder.Count >= OrdersKnownMax)
        {
            _offerOfOrder.Clear();
        }

        _offerOfOrder[order] = offer;
    }

    /// <summary>Takes what waits and touches no offer that another writer holds, up to a batch.</summary>
    /// <param name="offers">What the writer held for its last batch, and holds for this one when it returns.</param>
    public List<WaitingCommand> Take(HashSet<Guid> offers)
    {
        _held.ExceptWith(offers);
        offers.Clear();
        var batch = new List<WaitingCommand>(Math.Min(_waiting.Count, batchMax));
        var node = _waiting.First;
        for (var looked = 0; node is not null && batch.Count < batchMax && looked < LookedAtMax; looked++)
        {
            var (next, waiting) = (node.Next, node.Value);
            var offer = OfferOf(waiting.Command);
            if (offer is null || !_held.Contains(offer.Value) || offers.Contains(offer.Value))
            {
                _waiting.Remove(node);
                if (waiting.FailIfCancelled())
                {
                    node = next;
                    continue;
                }

                batch.Add(waiting);
                if (offer is { } id && offers.Add(id))
                {
                    _held.Add(id);
                }
            }

            node = next;
        }

        return batch;
    }

    private Guid? OfferOf(EngineCommand command) => command switch
    {
        PlaceOrder place => place.OfferId,
        ChangeOfferTotal change => change.OfferId,
        MoveOrder move => Known(move.OrderId),
        MoveDispute dispute => Known(dispute.OrderId),
        _ => null,
    };

    private Guid? Known(Guid order) => _offerOfOrder.TryGetValue(order, out var offer) ? offer : null;
}
