namespace P2P.Server.Deals.Offers;

/// <summary>
/// Tells listeners in this process which offers changed, after the commit, whichever node made it. Other nodes hear by the backplane; what it
/// loses they find out from <c>offers.changed_at</c>.
/// </summary>
public sealed class OfferChanges
{
    /// <summary>Raised on the writer's thread: a listener takes note and returns at once.</summary>
    public event Action<IReadOnlyCollection<Guid>>? Changed;

    /// <summary>As <see cref="Changed"/>, for what this node changed.</summary>
    public event Action<IReadOnlyCollection<Guid>>? ChangedHere;

    public void Raise(params IReadOnlyCollection<Guid> offerIds)
    {
        if (offerIds.Count > 0)
        {
            Changed?.Invoke(offerIds);
            ChangedHere?.Invoke(offerIds);
        }
    }

    /// <summary>Another node changed them.</summary>
    internal void RaiseOfOthers(IReadOnlyCollection<Guid> offerIds) => Changed?.Invoke(offerIds);
}
