using P2P.Tests.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Ledger;

/// <summary>
/// A superuser with the triggers off changes one past row; the verifier finds it and names it. The rows are drawn at random; the seed is
/// printed and P2P_TAMPER_SEED replays it.
/// </summary>
public sealed class TamperTests
{
    private const int EditsPerKind = 10;

    private EngineMarket _market = null!; // Set up before the first test.
    private Random _random = null!; // Set up before the first test.

    [OneTimeSetUp]
    public async Task SetUp()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("P2P_TAMPER_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Out.WriteLine($"P2P_TAMPER_SEED={seed}");
        _random = new Random(seed);
        _market = await LedgerMarket.Create();
        await LedgerMarket.Trade(_market);
        await Invariants.Check(_market.App);
    }

    [OneTimeTearDown]
    public async Task TearDown() => await _market.DisposeAsync();

    [Test]
    public Task A_changed_entry_is_named() => Find(
        "entries",
        "select e.account_id || ' ' || e.seq from entries e order by 1",
        [
            "amount = amount + 0.00000001", "amount = -amount", "at = at + interval '1 microsecond'", "hash = sha256(hash)",
            "asset = 'ETH'", "transfer_id = gen_random_uuid()",
        ],
        (row, change) => (
            $"update entries set {change} where account_id || ' ' || seq = @row",
            $"Entry {row.Split(' ')[1]} of account {row.Split(' ')[0]}"));

    [Test]
    public Task A_changed_transfer_is_named() => Find(
        "transfers",
        "select t.id::text from transfers t where t.kind <> 'Hold' order by 1",
        ["kind = case kind when 'Deposit' then 'WithdrawalHold' when 'Release' then 'Refund' when 'Refund' then 'Split' else 'Deposit' end",
            "at = at + interval '1 second'"],
        (row, change) => ($"update transfers set {change} where id::text = @row", $"Transfer {row}"));

    [Test]
    public Task A_changed_hold_is_named() => Find(
        "transfers",
        "select t.id::text from transfers t where t.kind = 'Hold' order by 1",
        ["at = at - interval '1 second'", "order_id = gen_random_uuid()"],
        (row, change) => ($"update transfers set {change} where id::text = @row", $"Transfer {row}"));

    [Test]
    public Task A_changed_account_is_named() => Find(
        "accounts",
        "select a.id::text from accounts a where a.kind <> 'Fees' order by 1",
        ["balance = balance + 0.00000001", "seq = seq + 1", "head = sha256(head)", "asset = 'ETH'"],
        (row, change) => ($"update accounts set {change} where id::text = @row", row));

    [Test]
    public Task A_changed_order_history_is_named() => Find(
        "order_history",
        "select h.order_id || ' ' || h.version from order_history h order by 1",
        [
            "to_status = case to_status when 'Disputed' then 'Expired' else 'Disputed' end", "action = 'DeclineCancel'", "by = 'System'",
            "actor_id = actor_id + 1", "at = at + interval '1 microsecond'",
            "hash = sha256(hash)", "from_status = 'Disputed'",
        ],
        (row, change) => (
            $"update order_history set {change} where order_id || ' ' || version = @row",
            $"Row {row.Split(' ')[1]} of order {row.Split(' ')[0]}'s history"));

    [Test]
    public Task A_changed_event_is_named() => Find(
        "events",
        "select e.user_id || ' ' || e.seq || ' ' || e.type from events e order by e.user_id, e.seq",
        [
            "at = at + interval '1 microsecond'", "type = 'ProfileChanged'", "body = '{}'", "body = 'no json'", "seq = seq + 1000",
            "body = regexp_replace(body, '\"(available|price)\":\"', '\"\\1\":\"7')",
            "body = regexp_replace(body, '\"asset\":\"BTC\"', '\"asset\":\"ETH\"')",
            "body = regexp_replace(body, '\"(kind|status)\":\"[a-zA-Z]+\"', '\"\\1\":\"split\"')",
        ],
        (row, change) => (
            $"update events set {change} where user_id || ' ' || seq || ' ' || type = @row",
            $"Event {row.Split(' ')[1]} of user {row.Split(' ')[0]}'s"));

    [Test]
    public Task A_changed_audit_row_is_named() => Find(
        "audit_log",
        "select l.seq::text from audit_log l order by 1",
        [
            "actor = 'nobody'", "action = action || '!'", "target = 'user-99'", "before = 'x'", "after = null", "reason = 'none'",
            "ip = '::1'", "at = at - interval '1 day'", "hash = sha256(hash)",
        ],
        (row, change) => ($"update audit_log set {change} where seq::text = @row", $"Row {row} of the audit log"));

    private async Task Find(string table, string keys, string[] changes, Func<string, string, (string Sql, string Name)> edit)
    {
        var rows = await _market.Rows<string>(keys);
        await _market.Tamper($"create table kept_{table} as table {table}");
        for (var i = 0; i < EditsPerKind; i++)
        {
            var row = rows[_random.Next(rows.Count)];
            var change = changes[_random.Next(changes.Length)];
            var (sql, name) = edit(row, change);
            await _market.Tamper(sql, new { row });

            var report = await Invariants.Look(_market.App);

            report.Ok.ShouldBeFalse($"{row}: {change} was not found");
            report.Violations[0].Sentence.ShouldContain(name, Case.Sensitive, $"{row}: {change} was found as: {report.Violations[0]}");
            await _market.Tamper($"delete from {table}");
            await _market.Tamper($"insert into {table} select * from kept_{table}");
        }

        await _market.Tamper($"drop table kept_{table}");
        await Invariants.Check(_market.App);
    }
}
