using Microsoft.Extensions.DependencyInjection.Extensions;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;

namespace P2P.Server.Deals.Chat;

/// <summary>Adds the rooms of orders.</summary>
public static class ChatSetup
{
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.GetSection("Limits").Get<ChatLimits>() ?? new ChatLimits();
        services.AddSingleton(limits is { MessagesPerOrder: > 0, ChatDaysAfterEnd: > 0 }
            ? limits
            : throw new SettingsException("Limits:MessagesPerOrder and Limits:ChatDaysAfterEnd must be above zero: correct them."));
        services.TryAddSingleton<ChatReaders>((_, _, _) => Task.FromResult(false));
        services.AddSingleton<TypingSignals>();
        services.AddSingleton<EncryptionFlow>();
        services.AddSingleton<KeyNotes>();
        services.AddSingleton<OnKeysChanged>(provider => provider.GetRequiredService<KeyNotes>().Write);
        services.AddSingleton<ChatFlow>();
        services.AddSingleton<ChatReadFlow>();
        services.AddSingleton<ReceiptFlow>();
        services.AddSingleton<ChatDesk>();
        return services;
    }
}
