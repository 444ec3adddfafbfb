using Microsoft.Extensions.DependencyInjection.Extensions;
using P2P.Server.Accounts.Notifications.Sending;
using P2P.Server.Accounts.Notifications.WebPush;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Notifications;

/// <summary>Adds notifications. Features above register a <see cref="NotificationSource"/> for each type of event that is worth a notice.</summary>
public static class NotificationsSetup
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        var smtp = SmtpSettings.Read(configuration);
        services.AddSingleton(NotificationSettings.From(configuration));
        services.AddSingleton(smtp);
        services.AddSingleton(provider => WebPushSettings.From(configuration, provider.GetRequiredService<ServerMode>()));
        services.AddSingleton(provider => new NotificationChannels(Email: smtp.IsOn, Push: provider.GetRequiredService<WebPushSettings>().IsOn));
        services.AddSingleton(ProfileNotices.Source);
        services.AddSingleton(Merchants.MerchantEvents.Source);
        services.AddSingleton<NotificationMap>();
        services.AddSingleton<EmailSender>();
        services.AddSingleton<WebPushSender>();
        services.AddHostedService<NotificationWorker>();
        services.AddHostedService<OutboxWorker>();
        return services;
    }

    /// <summary>What the calls of every hub need.</summary>
    public static IServiceCollection AddNotificationFlows(this IServiceCollection services)
    {
        services.TryAddSingleton(new NotificationChannels(Email: false, Push: false));
        services.TryAddSingleton(new WebPushSettings());
        services.AddSingleton<Notifier>();
        services.AddSingleton<Vapid>();
        services.AddSingleton<WebPushFlow>();
        services.AddSingleton<NotificationFlow>();
        services.AddSingleton<PreferenceFlow>();
        services.AddSingleton<EmailFlow>();
        services.AddSingleton<NotificationDesk>();
        return services;
    }
}

/// <summary>The flows behind the calls on notifications.</summary>
public sealed record NotificationDesk(NotificationFlow Notifications, PreferenceFlow Preferences, EmailFlow Emails, WebPushFlow WebPush);
