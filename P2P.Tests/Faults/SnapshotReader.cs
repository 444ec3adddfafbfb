using Dapper;
using Npgsql;

namespace P2P.Tests.Faults;

/// <summary>
/// T1: looks at one snapshot after the other while a market trades and things die; I1 to I8 must hold in each. The hash chains (I9) and the timers
/// (I10) are verified at the end.
/// </summary>
internal sealed class SnapshotReader : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly (string Name, string Sql)[] Broken =
    [
        ("I1", "select count(*) from (select 1 from entries group by asset having sum(amount) <> 0) x"),
        (
            "I2",
            """
            select count(*)
              from accounts a
              left join (select account_id, sum(amount) as amount, count(*) as entries from entries group by account_id) e on e.account_id = a.id
             where a.balance <> coalesce(e.amount, 0)
                or a.seq <> coalesce(e.entries, 0)
            """
        ),
        ("I3", "select count(*) from accounts where kind <> 'External' and balance < 0"),
        ("I4", "select count(*) from (select 1 from entries group by transfer_id, asset having sum(amount) <> 0) x"),
        (
            "I5",
            """
            select count(*)
              from orders o
              left join accounts a on a.id = o.id
             where coalesce(a.balance, 0) <> case when o.status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed', 'Paid', 'Fulfilled') then o.held else 0 end
            """
        ),
        (
            "I6",
            """
            select count(*)
              from (select 1
                      from transfers
                     where order_id is not null
                     group by order_id
                    having count(*) filter (where kind = 'Hold') > 1
                        or count(*) filter (where kind <> 'Hold') > 1) x
            """
        ),
        (
            "I7",
            """
            select count(*)
              from streams s
              left join (select user_id, audience, count(*) as events, max(seq) as last from events group by user_id, audience) e
                on e.user_id = s.user_id
               and e.audience = s.audience
             where s.last_seq <> coalesce(e.events, 0)
                or s.last_seq <> coalesce(e.last, 0)
            """
        ),
        (
            "I8",
            """
            select count(*)
              from orders o
              left join (select order_id, count(*) as steps from order_history group by order_id) h on h.order_id = o.id
             where o.version <> coalesce(h.steps, 0)
            """
        ),
    ];

    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _violations = [];
    private readonly Task _reading;

    private SnapshotReader(Func<string> connectionString) => _reading = Task.Run(() => Read(connectionString));

    /// <summary>How many snapshots were looked at in whole.</summary>
    public int Snapshots { get; private set; }

    /// <param name="connectionString">Asked for each time: the database may die and come back elsewhere.</param>
    public static SnapshotReader Start(Func<string> connectionString) => new(connectionString);

    /// <summary>Fails when any snapshot was wrong.</summary>
    public async Task End()
    {
        await _ending.CancelAsync();
        await _reading;
        _violations.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task Read(Func<string> connectionString)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString());
                await connection.OpenAsync();
                while (!_ending.IsCancellationRequested)
                {
                    await Look(connection);
                    await Task.Delay(Pause);
                }
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // The database is away: this snapshot does not count.
                await Task.Delay(Pause);
            }
        }
    }

    private async Task Look(NpgsqlConnection connection)
    {
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await connection.ExecuteAsync("set transaction read only; set local jit = off; set local enable_nestloop = off", transaction: snapshot);
        foreach (var (name, sql) in Broken)
        {
            var rows = await connection.ExecuteScalarAsync<long>(sql, transaction: snapshot);
            if (rows > 0)
            {
                _violations.Add($"{name} is broken in {rows} rows of snapshot {Snapshots + 1}");
            }
        }

        await snapshot.CommitAsync();
        Snapshots++;
    }
}
