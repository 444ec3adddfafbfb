using System.CommandLine;
using Npgsql;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>
/// The settings of every command, the later winning: appsettings.json beside the program, appsettings.json here, the environment as
/// <c>Section__Name</c> and as <c>P2P__Section__Name</c>, flags.
/// </summary>
internal sealed class OperatorSettings
{
    public const string DataFolderDefault = ".p2p";

    private OperatorSettings(IConfigurationRoot all) => All = all;

    public IConfigurationRoot All { get; }

    /// <summary>Where development keeps its database and its key.</summary>
    public string DataFolder => Path.GetFullPath(All["Data"] is { Length: > 0 } folder ? folder : DataFolderDefault);

    public static OperatorSettings From(ParseResult parsed)
    {
        try
        {
            return new OperatorSettings(new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true, reloadOnChange: false)
                .AddEnvironmentVariables("ASPNETCORE_")
                .AddEnvironmentVariables()
                .AddEnvironmentVariables("P2P__")
                .AddInMemoryCollection(Flags(parsed))
                .Build());
        }
        catch (InvalidDataException e)
        {
            throw new SettingsException($"A settings file cannot be read ({e.InnerException?.Message ?? e.Message}): correct its JSON.", e);
        }
    }

    /// <summary>A connection string that must be set, with the sentence that says how.</summary>
    public string ConnectionString(string name, string why) =>
        OptionalConnectionString(name)
        ?? throw new SettingsException(
            $"{name} is not set and {why}: set it to a connection string, for example with P2P__{name.Replace(":", "__", StringComparison.Ordinal)}.");

    public string? OptionalConnectionString(string name)
    {
        if (All[name] is not { } value || string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(value) is { Host.Length: > 0 }
                ? value
                : throw new SettingsException($"{name} names no Host: write it like `Host=db;Database=p2p;Username=p2p_app;Password=..`.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new SettingsException($"{name} is no connection string: write it like `Host=db;Database=p2p;Username=p2p_app;Password=..`.", e);
        }
    }

    private static Dictionary<string, string?> Flags(ParseResult parsed)
    {
        var flags = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in parsed.GetValue(CommonOptions.Set) ?? [])
        {
            var parts = setting.Split('=', 2);
            flags[parts[0]] = parts.Length == 2
                ? parts[1]
                : throw new SettingsException($"--set {setting} has no value: write it like --set Section:Name=value.");
        }

        var port = parsed.GetValue(CommonOptions.Port);
        var urls = parsed.GetValue(CommonOptions.Urls);
        if (port is not null && urls is not null)
        {
            throw new SettingsException("--port and --urls contradict each other: give one of them.");
        }

        if ((urls ?? (port is { } number ? ListenAddresses.OnLoopback(number) : null)) is { } listen)
        {
            flags["Urls"] = listen;
        }

        if (parsed.GetValue(CommonOptions.Data) is { } data)
        {
            flags["Data"] = data;
        }

        return flags;
    }
}
