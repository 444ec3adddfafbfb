using P2P.Db;
using P2P.Tests.Support;

namespace P2P.Tests.Db;

/// <summary>Migrations: in order, once, and never past a difference.</summary>
public sealed class ScriptRunnerTests
{
    private static readonly Script First = new("0001_first.sql", "create table first (id int);");
    private static readonly Script Second = new("0002_second.sql", "alter table first add name text;\ninsert into first (id, name) values (1, 'a;b');");

    private TestDatabase _database = null!; // Set before every test.

    [SetUp]
    public async Task Make_a_database() => _database = await TestDatabase.CreateEmpty();

    [TearDown]
    public async Task Drop_it() => await _database.DisposeAsync();

    [Test]
    public async Task Scripts_are_applied_in_the_order_of_their_numbers_and_once()
    {
        (await Runner(Second, First).Migrate()).ShouldBe(["0001_first.sql", "0002_second.sql"]);
        (await Runner(Second, First).Migrate()).ShouldBeEmpty();
        (await Scalar<string>("select string_agg(scriptname, ',' order by schemaversionsid) from schemaversions"))
            .ShouldBe("0001_first.sql,0002_second.sql");
        (await Scalar<long>("select count(*) from first")).ShouldBe(1);
    }

    [Test]
    public async Task The_journal_has_the_columns_of_DbUp()
    {
        await Runner(First).Migrate();
        (await Scalar<string>(
            """
            select string_agg(column_name || ' ' || data_type || ' ' || is_nullable, ', ' order by ordinal_position)
              from information_schema.columns
             where table_name = 'schemaversions'
            """))
            .ShouldBe("schemaversionsid integer NO, scriptname character varying NO, applied timestamp without time zone NO");
    }

    [Test]
    public async Task A_dry_run_names_what_is_missing_and_changes_nothing()
    {
        (await Runner(First, Second).Pending()).ShouldBe(["0001_first.sql", "0002_second.sql"]);
        (await Scalar<long>("select count(*) from pg_tables where schemaname = 'public'")).ShouldBe(0);
        await Runner(First).Migrate();
        (await Runner(First, Second).Pending()).ShouldBe(["0002_second.sql"]);
    }

    [Test]
    public async Task A_changed_script_is_refused_by_name()
    {
        await Runner(First).Migrate();
        var changed = First with { Text = "create table first (id bigint);" };
        (await Refusal(() => Runner(changed, Second).Migrate())).ShouldContain("0001_first.sql was changed");
        (await Refusal(() => Runner(changed).EnsureCurrent())).ShouldContain("0001_first.sql was changed");
    }

    [Test]
    public async Task Line_ends_are_no_change()
    {
        var unix = First with { Text = "create table first (\n id int\n);" };
        await Runner(unix).Migrate();
        (await Runner(unix with { Text = unix.Text.ReplaceLineEndings("\r\n") }).Pending()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await Runner(First, Second).Migrate();
        (await Refusal(() => Runner(First).Migrate())).ShouldContain("newer than this program");
        (await Refusal(() => new ScriptRunner(_database.App, [First]).EnsureCurrent())).ShouldContain("0002_second.sql");
    }

    [Test]
    public async Task A_database_ahead_is_served_when_its_scripts_are_compatible_and_never_migrated()
    {
        var next = new Script("0003_next.sql", "-- What it is for.\n-- compatible: 0001\n\ncreate table next (id int);");
        var last = new Script("0004_last.sql", "-- no transaction\n-- compatible: 0002\nselect 1;");
        await Runner(First, Second with { Text = "-- compatible: 0001\n" + Second.Text }, next).Migrate();
        (await new ScriptRunner(_database.App, [First]).EnsureCurrent()).ShouldBe(["0002_second.sql", "0003_next.sql"]);
        (await Refusal(() => Runner(First).Migrate())).ShouldContain("newer than this program");

        await Runner(First, Second with { Text = "-- compatible: 0001\n" + Second.Text }, next, last).Migrate();
        (await Refusal(() => new ScriptRunner(_database.App, [First]).EnsureCurrent())).ShouldContain("0004_last.sql");
        (await new ScriptRunner(_database.App, [First, Second with { Text = "-- compatible: 0001\n" + Second.Text }]).EnsureCurrent())
            .ShouldBe(["0003_next.sql", "0004_last.sql"]);
    }

    [Test]
    public async Task A_journal_without_compatibility_is_taken_over()
    {
        await Runner(First, Second).Migrate();
        await TestPostgres.Execute(_database.Owner, "alter table script_checksums drop column compatible_from");
        (await Refusal(() => new ScriptRunner(_database.App, [First]).EnsureCurrent())).ShouldContain("0002_second.sql");
        (await Runner(First, Second).Migrate()).ShouldBeEmpty();
        (await Scalar<string>("select string_agg(compatible_from, ',' order by scriptname) from script_checksums")).ShouldBe("0001,0002");
    }

    [TestCase("-- compatible: 0003\nselect 1", "0001")]
    [TestCase("select 1\n-- compatible: 0001", null)]
    public void A_script_is_compatible_from_an_earlier_one_and_says_so_at_its_head(string text, string? refusedNumber)
    {
        var script = new Script(refusedNumber is null ? "0002_second.sql" : "0001_first.sql", text);
        if (refusedNumber is null)
        {
            script.CompatibleFrom.ShouldBe("0002");
        }
        else
        {
            Should.Throw<MigrationException>(() => Runner(script)).Message.ShouldContain("comes after it");
        }
    }

    [Test]
    public async Task The_application_sees_whether_the_database_is_current()
    {
        (await Refusal(() => new ScriptRunner(_database.App, [First]).EnsureCurrent())).ShouldContain("migrate");
        await Runner(First).Migrate();
        await new ScriptRunner(_database.App, [First]).EnsureCurrent();
        (await Refusal(() => new ScriptRunner(_database.App, [First, Second]).EnsureCurrent())).ShouldContain("0002_second.sql");
    }

    [Test]
    public async Task The_application_and_the_superuser_may_not_migrate()
    {
        (await Refusal(() => new ScriptRunner(_database.App, [First]).Migrate())).ShouldContain("p2p_owner");
        (await Refusal(() => new ScriptRunner(_database.Superuser, [First]).Migrate())).ShouldContain("p2p_owner");
    }

    [Test]
    public async Task A_failing_script_leaves_nothing_and_names_its_line()
    {
        var broken = new Script("0002_broken.sql", "create table half (id int);\n\n-- why\nselect 1,\n  nothing from half;");
        (await Refusal(() => Runner(First, broken).Migrate())).ShouldContain("0002_broken.sql failed at line 5");
        (await Scalar<bool>("select to_regclass('half') is null and to_regclass('first') is not null")).ShouldBeTrue();
        (await Runner(First, broken).Pending()).ShouldBe(["0002_broken.sql"]);
    }

    [Test]
    public async Task A_script_may_ask_for_no_transaction()
    {
        var index = new Script("0002_index.sql", "-- no transaction\ncreate index concurrently a on first (id);\ncreate index concurrently b on first (id);");
        await Runner(First, index).Migrate();
        (await Scalar<long>("select count(*) from pg_indexes where tablename = 'first'")).ShouldBe(2);
        (await Refusal(() => Runner(First, index, new Script("0003_index.sql", index.Text[18..].Replace(" a ", " c "))).Migrate()))
            .ShouldContain("25001");
    }

    [Test]
    public async Task Two_migrators_at_once_run_one_after_the_other()
    {
        var slow = new Script("0001_slow.sql", "select pg_sleep(0.5); create table slow (id int);");
        var index = new Script("0002_index.sql", "-- no transaction\ncreate index concurrently slow_id on slow (id);");
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Runner(slow, index).Migrate())).WaitAsync(TimeSpan.FromSeconds(30));
        applied.Sum(names => names.Count).ShouldBe(2);
        applied.Count(names => names.Count > 0).ShouldBe(1);
    }

    [Test]
    public async Task A_migrator_does_not_wait_for_ever()
    {
        var slow = new Script("0001_slow.sql", "select pg_sleep(2);");
        var first = Runner(slow).Migrate();
        await Task.Delay(500);
        var impatient = new ScriptRunner(_database.Owner, [slow]) { LockWaitMax = TimeSpan.FromMilliseconds(200) };
        (await Refusal(() => impatient.Migrate())).ShouldContain("still migrating");
        await first;
    }

    [Test]
    public async Task What_DbUp_applied_is_taken_over()
    {
        await TestPostgres.Execute(
            _database.Owner,
            """
            create table first (id int);
            create table schemaversions (
                schemaversionsid serial primary key, scriptname varchar(255) not null, applied timestamp not null);
            insert into schemaversions (scriptname, applied) values ('0001_first.sql', now());
            """);
        (await Runner(First, Second).Migrate()).ShouldBe(["0002_second.sql"]);
        (await Refusal(() => Runner(First with { Text = "select 1" }, Second).Pending())).ShouldContain("was changed");
    }

    [Test]
    public async Task A_server_without_the_applications_role_is_refused_with_the_line_to_run()
    {
        await using var server = await PrivatePostgres.Start(new PrivatePostgresOptions
        {
            Folder = Path.Combine(Path.GetTempPath(), $"p2p-test-{Guid.NewGuid():N}"[..18]),
            Fsync = false,
            ConnectionsMax = 20,
        });
        await TestPostgres.Execute(server.Superuser, "drop role p2p_app");
        (await Refusal(() => new ScriptRunner(server.Owner, [First]).Migrate())).ShouldContain("create role p2p_app login");
        await server.DisposeAsync();
        Directory.Delete(server.Folder, recursive: true);
    }

    [TestCase("1_first.sql")]
    [TestCase("0001_First.sql")]
    [TestCase("0001_first.txt")]
    public void A_strange_name_is_refused(string name) =>
        Should.Throw<MigrationException>(() => Runner(new Script(name, "select 1"))).Message.ShouldContain(name);

    [Test]
    public void A_number_stands_once() =>
        Should.Throw<MigrationException>(() => Runner(First, new Script("0001_other.sql", "select 1"))).Message.ShouldContain("same number");

    private ScriptRunner Runner(params Script[] scripts) => new(_database.Owner, scripts);

    private Task<T> Scalar<T>(string sql) => TestPostgres.Scalar<T>(_database.Owner, sql);

    private static async Task<string> Refusal(Func<Task> work) => (await Should.ThrowAsync<MigrationException>(work)).Message;
}
