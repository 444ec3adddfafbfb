using Microsoft.Extensions.DependencyInjection.Extensions;
using P2P.Server.Accounts.Notifications.Sending;

namespace P2P.Server.Accounts.Notifications;

/// <summary>Adds notifications. Features above register a <see cref="NotificationSource"/> for each type of event that is worth a notice.</summary>
public static class NotificationsSetup
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        var smtp = SmtpSettings.Read(configuration);
        services.AddSingleton(NotificationSettings.From(configuration));
        services.AddSingleton(smtp);
        services.AddSingleton(new NotificationChannels(Email: smtp.IsOn));
        services.AddSingleton(ProfileNotices.Source);
        services.AddSingleton(Merchants.MerchantEvents.Source);
        services.AddSingleton<NotificationMap>();
        services.AddSingleton<Notifier>();
        services.AddSingleton<EmailSender>();
        services.AddHostedService<NotificationWorker>();
        services.AddHostedService<OutboxWorker>();
        return services;
    }

    /// <summary>What the calls of every hub need.</summary>
    public static IServiceCollection AddNotificationFlows(this IServiceCollection services)
    {
        services.TryAddSingleton(new NotificationChannels(Email: false));
        services.AddSingleton<NotificationFlow>();
        services.AddSingleton<PreferenceFlow>();
        services.AddSingleton<EmailFlow>();
        services.AddSingleton<NotificationDesk>();
        return services;
    }
}

/// <summary>The flows behind the calls on notifications.</summary>
public sealed record NotificationDesk(NotificationFlow Notifications, PreferenceFlow Preferences, EmailFlow Emails);
