using System.CommandLine;

namespace P2P.Server.Operator;

/// <summary>Flags that several commands share.</summary>
internal static class CommonOptions
{
    public static readonly Option<int?> Port = new("--port") { Description = "Port on 127.0.0.1 (8030)", HelpName = "N" };

    public static readonly Option<string?> Urls = new("--urls") { Description = "Addresses to listen on, parted by semicolons", HelpName = "URLS" };

    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of development's database and key (.p2p)",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Tell of a failure in full",
        Recursive = true,
    };

    public static readonly Option<string[]> Set = new("--set")
    {
        Description = "Any setting, as Section:Name=value",
        HelpName = "SETTING",
        Recursive = true,
    };
}
