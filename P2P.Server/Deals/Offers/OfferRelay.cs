using P2P.Server.Realtime.Backplane;

namespace P2P.Server.Deals.Offers;

/// <summary>
/// Tells the other nodes which offers changed here, so that books there are read anew within a tick; a node that is not heard is read of each
/// second.
/// </summary>
internal sealed class OfferRelay(OfferChanges offers, ClusterBus bus) : IHostedService
{
    private const string Channel = "offers";
    private const int IdBytes = 16;

    /// <summary>One batch of the engine changes fewer.</summary>
    private const int IdsMax = 1_024;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (bus.IsOn)
        {
            offers.ChangedHere += Publish;
            _ = bus.Join(Channel, Hear);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        offers.ChangedHere -= Publish;
        return Task.CompletedTask;
    }

    private void Publish(IReadOnlyCollection<Guid> offerIds)
    {
        foreach (var some in offerIds.Chunk(IdsMax))
        {
            bus.Publish(Channel, [.. some.SelectMany(id => id.ToByteArray())], lossy: true);
        }
    }

    private void Hear(ClusterMessage message) =>
        offers.RaiseOfOthers([.. message.Payload.ToArray().Chunk(IdBytes).Select(bytes => new Guid(bytes))]);
}
