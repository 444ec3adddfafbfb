using System.Globalization;
using System.Reflection;
using Npgsql;

namespace P2P.Benchmarks.Orders;

/// <summary>Statements that lay out the market and count what was written.</summary>
internal static class MarketSql
{
    /// <summary>Every table that a lifecycle writes to.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "orders", "crypto_orders", "order_history", "accounts", "transfers", "entries", "requests", "events", "chat_rooms", "chat_messages",
    ];

    public static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The functions that the peers call.</summary>
    public static async Task InstallFunctions(NpgsqlConnection connection)
    {
        foreach (var name in new[] { "1_helpers.sql", "2_place.sql", "3_confirm.sql", "4_release.sql" })
        {
            await Execute(connection, Resource(name));
        }
    }

    public static async Task<bool> IsSeeded(NpgsqlConnection connection, Market market) =>
        await Scalar(connection, $"select count(*) from standings where user_id >= {Market.SellerFirst}")
            >= market.Merchants + 1 + market.Buyers;

    /// <summary>Users with profile, standing, stream and one payment account.</summary>
    public static Task InsertUsers(NpgsqlConnection connection, long first, int count) => Execute(
        connection,
        """
        insert into users (id, sub) select n, 'benchmark-' || n from generate_series($1, $1 + $2 - 1) n on conflict do nothing;
        insert into profiles (user_id, joined_at, updated_at, last_active_at)
        select n, now() - interval '40 days', now(), now() from generate_series($1, $1 + $2 - 1) n on conflict do nothing;
        insert into standings (user_id) select n from generate_series($1, $1 + $2 - 1) n on conflict do nothing;
        insert into streams (user_id, audience) select n, 'trade' from generate_series($1, $1 + $2 - 1) n on conflict do nothing;
        insert into payment_accounts (id, user_id, payment_method_id, fields, created_at)
        select gen_random_uuid(), n, $3, '{"holder":"A","phone":"+254700000000"}', now()
          from generate_series($1, $1 + $2 - 1) n
         where not exists (select 1 from payment_accounts b where b.user_id = n);
        """,
        first,
        count,
        Market.PaymentMethod);

    /// <summary>An open ad for each seller, at 1,000 a coin.</summary>
    public static Task InsertAds(NpgsqlConnection connection, int count) => Execute(
        connection,
        $"""
        insert into offers (id, kind, owner_id, owner_gives, unit, total, remaining, open, version, changed_at)
        select lpad(to_hex(n), 32, '0')::uuid, 'Crypto', n, true, '{Market.Asset}', 1000000000, 1000000000, true, 1, now()
          from generate_series($1, $1 + $2 - 1) n on conflict do nothing;
        insert into ads (id, owner_id, side, asset, fiat, price_kind, price_fixed, amount_min, amount_max, payment_method_ids,
                         payment_window_minutes, visibility, created_at, updated_at)
        select lpad(to_hex(n), 32, '0')::uuid, n, 'Sell', '{Market.Asset}', '{Market.Fiat}', 'Fixed', 1000, 1, 1000000, array[$3],
               30, 'Public', now(), now()
          from generate_series($1, $1 + $2 - 1) n on conflict do nothing;
        """,
        Market.SellerFirst,
        count,
        Market.PaymentMethod);

    /// <summary>Statistics for the planner, and nothing left to vacuum that seeding caused.</summary>
    public static async Task Settle(NpgsqlConnection connection)
    {
        await Execute(connection, "vacuum analyze");
        await Execute(connection, "checkpoint");
    }

    /// <summary>
    /// No checkpoint while we measure: the first change of a page after one writes the whole page, which would meet whoever comes next.
    /// </summary>
    public static async Task PutOffCheckpoints(NpgsqlConnection connection)
    {
        // Each alone: they cannot run in the transaction that several in one text would be.
        await Execute(connection, "alter system set max_wal_size = '16GB'");
        await Execute(connection, "alter system set checkpoint_timeout = '1h'");
        await Execute(connection, "select pg_reload_conf()");
    }

    /// <summary>Rows of every table that a lifecycle writes to, and the moves of what is changed in place.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Count(NpgsqlConnection connection)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in Tables)
        {
            counts.Add(table, await Scalar(connection, $"select count(*) from {table}"));
        }

        // Inserts can be counted as rows; changes of rows that are there show in these sums.
        counts.Add("changes of orders", await Scalar(connection, "select coalesce(sum(version - 1), 0)::bigint from orders"));
        counts.Add(
            "changes of standings",
            await Scalar(connection, "select sum(completed + open_as_taker + unpaid_as_taker)::bigint from standings"));
        counts.Add("moves of accounts", await Scalar(connection, "select sum(seq)::bigint from accounts"));
        counts.Add("moves of streams", await Scalar(connection, "select sum(last_seq)::bigint from streams"));
        counts.Add("moves of rooms", await Scalar(connection, "select coalesce(sum(last_seq), 0)::bigint from chat_rooms"));
        counts.Add("hundredths taken", await Scalar(connection, "select (sum(total - remaining) * 100)::bigint from offers"));
        return counts;
    }

    /// <summary>Characters of the events, replies and messages written since <paramref name="since"/>.</summary>
    public static Task<long> TextsSince(NpgsqlConnection connection, DateTime since) => Scalar(
        connection,
        """
        select (select coalesce(sum(length(body)), 0) from events where at > $1)
             + (select coalesce(sum(length(reply)), 0) from requests where at > $1)
             + (select coalesce(sum(length(text) + length(code) + length(args)), 0) from chat_messages where at > $1)
        """,
        since);

    public static async Task<DateTime> Now(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        return (DateTime)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("No time."));
    }

    /// <summary>Sessions of a program that are there.</summary>
    public static Task<long> Connections(NpgsqlConnection connection, string program) =>
        Scalar(connection, "select count(*) from pg_stat_activity where application_name = $1 and query <> ''", program);

    /// <summary>The server's process, when it runs on this machine.</summary>
    public static async Task<int?> Postmaster(NpgsqlConnection connection)
    {
        var stat = $"/proc/{(await Scalar(connection, "select pg_backend_pid()::bigint")).ToString(CultureInfo.InvariantCulture)}/stat";
        if (!File.Exists(stat))
        {
            return null;
        }

        var text = await File.ReadAllTextAsync(stat);
        return text.StartsWith($"{Path.GetFileName(Path.GetDirectoryName(stat))} (postgres)", StringComparison.Ordinal)
            ? int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)
            : null;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, params object[] values)
    {
        // Positional parameters do not go into several statements at once: they are numbers of ours, and are written in.
        for (var i = 0; i < values.Length; i++)
        {
            var number = Convert.ToInt64(values[i], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            sql = sql.Replace($"${i + 1}", number, StringComparison.Ordinal);
        }

        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Scalar(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
