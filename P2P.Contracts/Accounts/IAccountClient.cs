namespace P2P.Contracts.Accounts;

/// <summary>What a user hears of their own account, on every hub.</summary>
public interface IAccountClient : IConnectionClient
{
    /// <summary>Durable: the user's profile changed; read it with <c>GetProfile</c>.</summary>
    Task ProfileChanged(EventHead head, ProfileChanged change);

    /// <summary>Durable: the user has one notification more.</summary>
    Task NotificationAdded(EventHead head, NotificationAdded added);

    /// <summary>Lossy: there are other announcements than before; heard within seconds.</summary>
    Task AnnouncementsChanged(AnnouncementsChanged change);

    /// <summary>Durable: an application to be a merchant was made, taken back or decided; read it with <c>GetMerchantStatus</c>.</summary>
    Task MerchantApplicationChanged(EventHead head, MerchantApplicationChanged change);

    /// <summary>Durable: keys of the user's own devices changed, or those of the other party of an open room.</summary>
    Task KeysChanged(EventHead head, KeysChanged change);

    /// <summary>Durable: the user's second factor was set, removed or changed.</summary>
    Task SecondFactorChanged(EventHead head, SecondFactorChanged change);
}
