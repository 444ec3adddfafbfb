using P2P.Db;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;

namespace P2P.Server;

/// <summary>All that a server must be told; everything else is a setting with a default.</summary>
public sealed record ServerOptions
{
    /// <summary>Development or service.</summary>
    public required ServerMode Mode { get; init; }

    /// <summary>Where the database is, as the application's role.</summary>
    public required DatabaseOptions Database { get; init; }

    /// <summary>Whose tokens count.</summary>
    public required AuthSettings Auth { get; init; }

    /// <summary>Addresses to listen on; empty leaves them to the section <c>Kestrel:Endpoints</c>.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Who else is told what is logged.</summary>
    public IReadOnlyList<ILoggerProvider> Loggers { get; init; } = [];

    /// <summary>The operator's settings; features read their sections from it.</summary>
    public IConfiguration? Settings { get; init; }
}
