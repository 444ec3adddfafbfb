using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Engine;

/// <summary>What a batch touches, known before anything is read.</summary>
public sealed class BatchKeys
{
    /// <summary>Offers to be taken, parallel to <see cref="PlaceTakers"/>.</summary>
    public List<Guid> PlaceOffers { get; } = [];

    public List<long> PlaceTakers { get; } = [];

    /// <summary>Offers whose total is to be changed.</summary>
    public List<Guid> TotalOffers { get; } = [];

    /// <summary>Who changes them, parallel to <see cref="TotalOffers"/>.</summary>
    public List<long> TotalActors { get; } = [];

    /// <summary>Orders to be acted on.</summary>
    public List<Guid> Orders { get; } = [];

    /// <summary>Those of them whose escrow may go back to whoever paid, and what they took back to the offer.</summary>
    public List<Guid> Refunding { get; } = [];

    /// <summary>Those of them whose escrow may go to whoever is paid.</summary>
    public List<Guid> Releasing { get; } = [];

    /// <summary>Those of them whose escrow may be paid now.</summary>
    public List<Guid> Paying { get; } = [];

    /// <summary>Those of them that may have a dispute which the command moves or ends.</summary>
    public List<Guid> Disputed { get; } = [];

    public void Add(EngineCommand command)
    {
        switch (command)
        {
            case PlaceOrder place:
                PlaceOffers.Add(place.OfferId);
                PlaceTakers.Add(place.UserId);
                break;
            case MoveOrder move:
                Orders.Add(move.OrderId);
                if (move.Action is OrderAction.Release or OrderAction.ConfirmReceipt)
                {
                    Releasing.Add(move.OrderId);
                }

                if (move.Action is OrderAction.Cancel or OrderAction.AcceptCancel or OrderAction.Expire or OrderAction.Decline or OrderAction.Fulfil
                    or OrderAction.ConfirmReceipt)
                {
                    // A receipt pays the agreed split, and whoever fulfils less than was ordered has the rest back in stock.
                    Refunding.Add(move.OrderId);
                }

                if (move.Action == OrderAction.Pay)
                {
                    Paying.Add(move.OrderId);
                }

                if (move.Action is OrderAction.Release or OrderAction.ConfirmReceipt or OrderAction.AcceptCancel or OrderAction.Dispute)
                {
                    Disputed.Add(move.OrderId);
                }

                break;
            case MoveDispute dispute:
                Orders.Add(dispute.OrderId);
                Disputed.Add(dispute.OrderId);
                if (dispute.Action is DisputeAction.Rule or DisputeAction.Accept or DisputeAction.TimeOver)
                {
                    // A ruling may take effect, whichever way it goes.
                    Releasing.Add(dispute.OrderId);
                    Refunding.Add(dispute.OrderId);
                }

                break;
            case ChangeOfferTotal change:
                TotalOffers.Add(change.OfferId);
                TotalActors.Add(change.UserId);
                break;
            default:
                break; // Wallets and standings have keys of their own.
        }
    }

    /// <summary>What of a batch may be of a kind; commands that do not say their kind may be of any.</summary>
    public BatchKeys Of(OrderKind kind, IReadOnlyList<EngineCommand> commands)
    {
        if (commands.All(command => KindOf(command) is not { } known || known == kind))
        {
            return this;
        }

        var own = new BatchKeys();
        foreach (var command in commands.Where(command => KindOf(command) is not { } known || known == kind))
        {
            own.Add(command);
        }

        return own;
    }

    private static OrderKind? KindOf(EngineCommand command) => command switch
    {
        PlaceOrder place => place.Kind,
        MoveOrder move => move.Kind,
        ChangeOfferTotal change => change.Kind,
        _ => null,
    };
}
