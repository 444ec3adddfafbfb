using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts.Notifications;

/// <summary>Short names of languages, as texts and rows have them.</summary>
internal static class Languages
{
    private static readonly (NotificationLanguage Language, string Name)[] All =
    [
        (NotificationLanguage.English, "en"),
        (NotificationLanguage.Swahili, "sw"),
        (NotificationLanguage.French, "fr"),
        (NotificationLanguage.Spanish, "es"),
    ];

    public static IEnumerable<string> Names => All.Select(one => one.Name);

    public static string NameOf(NotificationLanguage language) => All.First(one => one.Language == language).Name;

    public static NotificationLanguage Of(string name) => All.First(one => one.Name == name).Language;
}
