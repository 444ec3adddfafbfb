using P2P.Db;

namespace P2P.Server.Accounts.Consent;

/// <summary>A published version of the terms.</summary>
public sealed record Terms
{
    public required int Version { get; init; }
    public required string Language { get; init; }
    public required string Body { get; init; }
}

/// <summary>Statements on terms and consents.</summary>
internal static class ConsentSql
{
    public static async Task<Terms> Present(Tx tx) =>
        await tx.One<Terms>(
            """
            select version, language, body
              from terms
             order by version desc
             limit 1
            """)
        ?? throw new InvalidOperationException("No terms are published: the schema's scripts publish the first.");

    public static Task<int> PresentVersion(Tx tx) => tx.Scalar<int>("select max(version) from terms");

    /// <summary>Two publishers at once wait for each other.</summary>
    public static async Task<int> Publish(Tx tx, string language, string body)
    {
        await tx.Execute("select pg_advisory_xact_lock(7016205)");
        return await tx.Scalar<int>(
            """
            insert into terms (version, language, body)
            select max(version) + 1, @language, @body
              from terms
            returning version
            """,
            new { language, body });
    }

    /// <summary>0 when the user consented to this version before.</summary>
    public static Task<int> Insert(Tx tx, long userId, int version, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into consents (user_id, version, at)
            values (@userId, @version, @at)
                on conflict (user_id, version) do nothing
            """,
            new { userId, version, at });

    /// <summary>0 when there is no profile.</summary>
    public static Task<int> Note(Tx tx, long userId, int version, DateTimeOffset at) =>
        tx.Execute(
            """
            update profiles
               set consented_version = @version,
                   consented_at = case when consented_version = @version then consented_at else @at end,
                   last_active_at = @at
             where user_id = @userId
            """,
            new { userId, version, at });
}
