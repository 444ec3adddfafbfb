using P2P.Benchmarks.Measuring;

namespace P2P.Benchmarks.Orders;

/// <summary>One way of running orders through their lives.</summary>
internal interface ITarget : IAsyncDisposable
{
    char Letter { get; }

    string Name { get; }

    Task<Sample> Run(OrdersLoad load, CancellationToken cancellation);
}

/// <summary>The three commands of a lifecycle, each done when its promise is committed.</summary>
internal interface ILifecycle
{
    Task<Guid> Place(long buyer, long seller);

    Task Confirm(long buyer, Guid order);

    Task Release(long seller, Guid order);
}
