namespace P2P.Contracts.Accounts;

/// <summary>What a user hears of their own account, on every hub.</summary>
public interface IAccountClient : IConnectionClient
{
    /// <summary>Durable: the user's profile changed; read it with <c>GetProfile</c>.</summary>
    Task ProfileChanged(EventHead head, ProfileChanged change);

    /// <summary>Durable: the user has one notification more.</summary>
    Task NotificationAdded(EventHead head, NotificationAdded added);

    /// <summary>Durable: the user's second factor was set, removed or changed.</summary>
    Task SecondFactorChanged(EventHead head, SecondFactorChanged change);
}
