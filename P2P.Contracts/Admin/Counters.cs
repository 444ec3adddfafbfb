using P2P.Contracts.Deals;

namespace P2P.Contracts.Admin;

/// <summary>How the house stands, in numbers.</summary>
public sealed record HouseCounters
{
    /// <summary>When they were read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Hub connections of all nodes that the answering one hears; of itself alone without a backplane.</summary>
    public required int Connections { get; init; }

    /// <summary>Users who are connected to any of them.</summary>
    public required int Users { get; init; }

    /// <summary>Commands that wait for the answering node's engine.</summary>
    public required int EngineQueue { get; init; }

    /// <summary>Orders that have not ended, by where they stand.</summary>
    public required IReadOnlyList<OrderCount> OpenOrders { get; init; }

    /// <summary>Orders that ended within 24 hours, by how; at most a minute old.</summary>
    public required IReadOnlyList<OrderCount> EndedOrders24h { get; init; }

    /// <summary>What was released within 24 hours, by market, the busiest 20; at most a minute old.</summary>
    public required IReadOnlyList<MarketVolume> Volume24h { get; init; }

    /// <summary>What escrows hold, by asset; at most a minute old.</summary>
    public required IReadOnlyList<AssetAmount> Escrow { get; init; }

    /// <summary>How late the timers are, in milliseconds: the oldest deadline that has passed without an act; 0 for none.</summary>
    public required long TimerLagMs { get; init; }

    /// <summary>What waits to be sent by e-mail and is due.</summary>
    public required int OutboxDepth { get; init; }

    /// <summary>Findings of the ledger's watch that nobody has acknowledged.</summary>
    public required int OpenFindings { get; init; }

    /// <summary>The nodes, the answering one first.</summary>
    public IReadOnlyList<NodeCount>? Nodes { get; init; }

    /// <summary>How the answering node and the others reach each other.</summary>
    public BackplaneStatus? Backplane { get; init; }
}

/// <summary>One node of the service.</summary>
public sealed record NodeCount
{
    /// <summary>Its name; another at each start.</summary>
    public required string Node { get; init; }

    /// <summary>Hub connections that stand there.</summary>
    public required int Connections { get; init; }
}

/// <summary>How nodes reach each other.</summary>
public enum BackplaneStatus
{
    /// <summary>This client is older than the value.</summary>
    Unknown,

    /// <summary>No Redis is configured: one node, or each finds what others record by itself, within about a second.</summary>
    Absent,

    /// <summary>Redis or a node is not heard: nothing is lost, events of other nodes come within about a second.</summary>
    Degraded,

    /// <summary>Events of other nodes come at once.</summary>
    Up,
}

/// <summary>Orders of one status.</summary>
public sealed record OrderCount
{
    /// <summary>The status.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>How many.</summary>
    public required long Orders { get; init; }
}

/// <summary>What was traded on one market.</summary>
public sealed record MarketVolume
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>Orders that were released.</summary>
    public required long Orders { get; init; }

    /// <summary>How much of the asset.</summary>
    public required decimal CryptoAmount { get; init; }

    /// <summary>For how much of the currency.</summary>
    public required decimal FiatAmount { get; init; }
}

/// <summary>An amount of an asset.</summary>
public sealed record AssetAmount
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>How much.</summary>
    public required decimal Amount { get; init; }
}
