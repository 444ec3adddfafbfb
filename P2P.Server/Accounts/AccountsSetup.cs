using Microsoft.Extensions.DependencyInjection.Extensions;
using P2P.Server.Accounts.Announcements;
using P2P.Server.Accounts.Consent;
using P2P.Server.Accounts.Contacts;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Keys;
using P2P.Server.Accounts.Merchants;
using P2P.Server.Accounts.Notifications;
using P2P.Server.Accounts.PaymentMethods;
using P2P.Server.Accounts.Privacy;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Staff;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Accounts.Webhooks;

namespace P2P.Server.Accounts;

/// <summary>
/// Adds what every signed-in user has. The composition must add <see cref="ListOwnOpenOrders"/>, <see cref="ConfirmOwnPayment"/> and
/// <see cref="ApplySuspension"/>, because accounts know no orders.
/// </summary>
public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSignIn();
        services.AddRest(configuration);
        services.AddWebhooks(configuration);
        services.AddNotifications(configuration);
        services.AddSingleton(configuration.GetSection("Merchants").Get<MerchantSettings>() ?? new MerchantSettings());
        services.AddSecondFactors(configuration);
        services.AddAccountFlows();
        services.AddSingleton<AccountGate>();
        services.AddSingleton<Admission>(provider => provider.GetRequiredService<AccountGate>().Admit);
        services.AddScoped<AccountDesk>();
        services.AddSingleton<ConsentFlow>();
        services.AddSingleton<SuspensionFlow>();
        services.AddSingleton<SuspensionEnds>();
        services.AddSingleton<StaffFlow>();
        services.AddHostedService<AccountTimers>();
        services.AddHostedService<ActivityNotes>();
        services.AddHostedService<AnnouncementFeed>();
        services.AddHostedService<MerchantTimer>();
        services.AddFiles(configuration);
        services.AddPrivacy(configuration);
        return services;
    }

    /// <summary>What the account calls of every hub need, without the REST paths.</summary>
    public static IServiceCollection AddAccountFlows(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AccountChanges>();
        services.AddSingleton<PaymentCatalogue>();
        services.AddSingleton<ProfileFlow>();
        services.AddSingleton<ProfileSearchFlow>();
        services.AddSingleton<PaymentMethodFlow>();
        services.AddSingleton<PaymentAccountFlow>();
        services.AddNotificationFlows();
        services.AddWebhookFlows();
        services.AddSingleton<AnnouncementFlow>();
        services.AddSecondFactorFlows();
        services.AddSingleton<ContactFlow>();
        services.AddSingleton<BlockedUsers>();
        services.TryAddSingleton(new MerchantSettings());
        services.AddSingleton<MerchantFlow>();
        services.AddSingleton<KeyFlow>();
        services.AddSingleton<AccountFlows>();
        return services;
    }

    /// <summary>Maps the REST paths; comes before whatever else is mapped, because authentication and its like are set up here.</summary>
    public static void MapAccounts(this WebApplication app)
    {
        app.UseRest();
        var api = app.MapGroup("/api/p2p").RequireAuthorization();
        api.RefuseSuspended();
        api.MapProfiles();
        api.MapPictures(app.Services.GetRequiredService<FileLimits>());
        api.MapConsent();
        api.MapSuspensions();
        api.MapSignIn();
        api.MapPrivacy();
    }
}
