using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Core;

namespace P2P.Server.Dealers.Connections;

/// <summary>A connection as one side sees it.</summary>
public sealed record ConnectionSide(ConnectionState State, AccessLevel? Grants, AccessLevel? Granted);

/// <summary>Pure decisions about connections.</summary>
public static class ConnectionRules
{
    /// <summary>How the owner of the row sees the connection.</summary>
    public static ConnectionSide Side(ConnectionRow row)
    {
        var granted = AccessRules.Of(new AccessFacts(!row.IsEnded, row.Granted, row.IsBlockedByOther, row.IsBlocked));
        return row.IsBlocked ? new ConnectionSide(ConnectionState.Blocked, null, null)
            : granted is null ? new ConnectionSide(ConnectionState.Ended, null, null)
            : new ConnectionSide(ConnectionState.Connected, row.Grants, granted);
    }

    /// <summary>The row, if its owner sees anything in it; whoever was blocked or revoked sees nothing.</summary>
    public static ConnectionRow Seen(ConnectionRow? row) =>
        row is not null && Side(row).State != ConnectionState.Ended ? row : throw NotFound();

    /// <summary>The row, if the two have access to each other.</summary>
    public static ConnectionRow Connected(ConnectionRow? row) =>
        row is not null && Side(row).State == ConnectionState.Connected ? row : throw NotFound();

    public static Refused NotFound() => new(ErrorCodes.NotFound, "You are not connected with such a peer.");
}
