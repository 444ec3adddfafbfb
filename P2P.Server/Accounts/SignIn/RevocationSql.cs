using P2P.Db;

namespace P2P.Server.Accounts.SignIn;

/// <summary>A revocation as the database keeps it.</summary>
public sealed record Revocation
{
    /// <summary>Suspension: connections close, tokens stay good, and the suspension itself refuses.</summary>
    public const string Suspended = "suspended";

    public const string SignedOut = "signed_out";
    public const string RoleChanged = "role_changed";
    public const string Revoked = "revoked";

    public required long Id { get; init; }
    public required string Sub { get; init; }

    /// <summary>
    /// Tokens issued before are refused (unless the reason is <see cref="Suspended"/>); connections made with them are closed.
    /// </summary>
    public required DateTimeOffset NotBefore { get; init; }

    public required string Reason { get; init; }
}

/// <summary>Statements on revocations.</summary>
public static class RevocationSql
{
    /// <summary>Tokens of the subject issued before this time are refused; null when there is no such time.</summary>
    public static Task<DateTimeOffset?> NotBefore(Tx tx, string sub) =>
        tx.Scalar<DateTimeOffset?>(
            """
            select max(not_before)
              from revocations
             where sub = @sub
               and reason <> 'suspended'
            """,
            new { sub });

    /// <summary>Those of the last seconds, oldest first: nodes read them every second to close connections.</summary>
    public static Task<IEnumerable<Revocation>> Recent(Tx tx, int seconds) =>
        tx.Query<Revocation>(
            """
            select id, sub, not_before, reason
              from revocations
             where at > clock_timestamp() - make_interval(secs => @seconds)
             order by id
            """,
            new { seconds });

    /// <summary>Revokes what was issued before now, or before <paramref name="atLeast"/> where that is later.</summary>
    public static Task<int> Insert(Tx tx, string sub, string reason, DateTimeOffset? atLeast = null) =>
        tx.Execute(
            """
            insert into revocations (sub, not_before, reason)
            values (@sub, greatest(clock_timestamp(), @atLeast), @reason)
            """,
            new { sub, reason, atLeast });
}
