namespace P2P.Server.Deals.Offers;

/// <summary>
/// Tells listeners in this process which offers changed, after the commit. Other nodes find out from <c>offers.changed_at</c>.
/// </summary>
public sealed class OfferChanges
{
    /// <summary>Raised on the writer's thread: a listener takes note and returns at once.</summary>
    public event Action<IReadOnlyCollection<Guid>>? Changed;

    public void Raise(params IReadOnlyCollection<Guid> offerIds)
    {
        if (offerIds.Count > 0)
        {
            Changed?.Invoke(offerIds);
        }
    }
}
