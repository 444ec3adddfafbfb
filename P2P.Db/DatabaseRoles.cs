using Npgsql;

namespace P2P.Db;

/// <summary>The two roles of the database, and the check that a connection is the one that it should be.</summary>
public static class DatabaseRoles
{
    /// <summary>Owns the schema: migrations and maintenance.</summary>
    public const string Owner = "p2p_owner";

    /// <summary>Serves users: may do no more than the scripts grant.</summary>
    public const string App = "p2p_app";

    /// <summary>Refuses a connection that could do more than serve: guards that the owner can drop are no guards.</summary>
    public static async Task EnsureApp(NpgsqlConnection connection, CancellationToken cancellation = default)
    {
        var me = await Who(connection, cancellation);
        if (me.IsSuperuser || me.IsOwner)
        {
            throw new MigrationException(
                $"The server refuses to run as {me.Name}, who may change the schema: let Db:App connect as {App}.");
        }
    }

    internal static async Task EnsureOwner(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var me = await Who(connection, cancellation);
        if (me.IsSuperuser || !me.IsOwner)
        {
            throw new MigrationException($"Migrations run as {Owner}, not as {me.Name}: let Db:Owner connect as {Owner}.");
        }

        if (!me.AppExists)
        {
            throw new MigrationException(
                $"The role {App} is missing and the scripts grant rights to it: run `create role {App} login` as a superuser first.");
        }
    }

    private static async Task<Identity> Who(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select current_user::text,
                   (select rolsuper from pg_roles where rolname = current_user),
                   exists (select 1 from pg_roles where rolname = @owner and pg_has_role(current_user, oid, 'member')),
                   exists (select 1 from pg_roles where rolname = @app)
            """,
            connection);
        command.Parameters.AddWithValue("owner", Owner);
        command.Parameters.AddWithValue("app", App);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new Identity(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3));
    }

    private sealed record Identity(string Name, bool IsSuperuser, bool IsOwner, bool AppExists);
}
