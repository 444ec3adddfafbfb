namespace P2P.Server.Core.Hubs;

/// <summary>The kinds of calls, each with a rate of its own for every user.</summary>
public enum RateClass
{
    Read,
    Change,
    Search,
    Events,

    /// <summary>Chat messages.</summary>
    Messages,

    /// <summary>Receipts of chat messages, and typing.</summary>
    Receipts,

    /// <summary>Signals between peers.</summary>
    Signals,

    /// <summary>Frames that are passed on between peers.</summary>
    Relay,

    /// <summary>Not counted.</summary>
    Free,
}

/// <summary>
/// Names a hub method's kind. Without it a method that takes a changing request is a change, one whose name begins with Search is a search,
/// and any other a read.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RateAttribute(RateClass rateClass) : Attribute
{
    public RateClass Class => rateClass;
}
