using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Announcements;
using P2P.Server.Accounts.Contacts;
using P2P.Server.Accounts.Keys;
using P2P.Server.Accounts.Merchants;
using P2P.Server.Accounts.Notifications;
using P2P.Server.Accounts.PaymentMethods;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Accounts.Webhooks;
using P2P.Server.Core;
using P2P.Server.Core.Drain;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Accounts;

/// <summary>Decides whether a signed-in user may connect: the reason why not, or the profile that the client hears at first.</summary>
public delegate Task<(Reason? Refusal, ProfileView? Profile)> Admission(Caller caller, CancellationToken cancellation);

/// <summary>What an account hub works with; gathered here so that the hubs built on it need not name it all.</summary>
public sealed record AccountDesk(
    HubLinks Links,
    EventStreams Streams,
    Admission Admit,
    CallScope Call,
    DrainState Drain,
    Core.Hubs.Refusals Refusals,
    AccountFlows Flows);

/// <summary>The flows behind the account calls.</summary>
public sealed record AccountFlows(
    ProfileFlow Profiles,
    ProfileSearchFlow ProfileSearch,
    PaymentMethodFlow PaymentMethods,
    PaymentAccountFlow PaymentAccounts,
    NotificationDesk Notifications,
    WebhookFlow Webhooks,
    ContactFlow Contacts,
    KeyFlow Keys,
    MerchantFlow Merchants,
    AnnouncementFlow Announcements,
    SecondFactorFlow SecondFactor);
