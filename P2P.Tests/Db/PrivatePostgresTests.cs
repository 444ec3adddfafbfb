using Npgsql;
using P2P.Db;
using P2P.Tests.Support;

namespace P2P.Tests.Db;

/// <summary>The private PostgreSQL starts, keeps its data, and never outlives its starter.</summary>
public sealed class PrivatePostgresTests
{
    [Test]
    public async Task Data_survives_a_stop_and_a_second_start()
    {
        using var folder = new TestFolder();
        var first = await Start(folder["pg"]);
        await TestPostgres.Execute(first.Owner, "create table kept (id int)");
        await first.DisposeAsync();
        PrivatePostgresFolder.RunningConnectionString(folder["pg"], DatabaseRoles.App).ShouldBeNull();

        await using var second = await Start(folder["pg"]);
        (await TestPostgres.Scalar<long>(second.Owner, "select count(*) from kept")).ShouldBe(0);
        (await TestPostgres.Scalar<string>(second.App, "select current_user::text")).ShouldBe(DatabaseRoles.App);
        (await TestPostgres.Scalar<string>(second.Superuser, "show listen_addresses")).ShouldBe("");
        (await TestPostgres.Scalar<string>(second.Superuser, "show server_encoding")).ShouldBe("UTF8");
        PrivatePostgresFolder.RunningConnectionString(folder["pg"], DatabaseRoles.App).ShouldBe(second.App);
    }

    [Test]
    public async Task A_second_server_on_one_folder_is_told_so()
    {
        using var folder = new TestFolder();
        await using var first = await Start(folder["pg"]);
        (await Should.ThrowAsync<PrivatePostgresException>(() => Start(folder["pg"]))).Message.ShouldContain("already uses");
        (await TestPostgres.Scalar<int>(first.App, "select 1")).ShouldBe(1);
    }

    [Test]
    public async Task A_path_too_long_for_a_socket_gets_a_short_one()
    {
        using var folder = new TestFolder();
        await using var server = await Start(folder[new string('x', 100)]);
        (await TestPostgres.Scalar<int>(server.App, "select 1")).ShouldBe(1);
        var socketFolder = new NpgsqlConnectionStringBuilder(server.App).Host;
        await server.DisposeAsync();
        Directory.Exists(socketFolder).ShouldBeFalse();
    }

    [Test]
    public async Task A_path_with_a_comma_and_a_space_works()
    {
        using var folder = new TestFolder();
        await using var server = await Start(folder["a, b"]);
        (await TestPostgres.Scalar<int>(server.App, "select 1")).ShouldBe(1);
    }

    [Test]
    public async Task A_leftover_pid_file_of_another_program_is_no_obstacle()
    {
        using var folder = new TestFolder();
        await (await Start(folder["pg"])).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(folder["pg"], "data", "postmaster.pid"), $"{Environment.ProcessId}\n/nowhere\n");
        await using var server = await Start(folder["pg"]);
        (await TestPostgres.Scalar<int>(server.App, "select 1")).ShouldBe(1);
    }

    [Test]
    public async Task An_interrupted_first_start_is_repeated()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(Path.Combine(folder["pg"], "data.new", "base"));
        await using var server = await Start(folder["pg"]);
        (await TestPostgres.Scalar<int>(server.App, "select 1")).ShouldBe(1);
    }

    [Test]
    public async Task A_folder_that_others_cannot_enter_still_gets_a_database()
    {
        if (Environment.UserName != "root")
        {
            Assert.Ignore("Only root's folders are closed to PostgreSQL's user.");
        }

        using var folder = new TestFolder();
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var server = await Start(folder["pg"]);
        (await TestPostgres.Scalar<int>(server.App, "select 1")).ShouldBe(1);
        PrivatePostgresFolder.RunningConnectionString(folder["pg"], DatabaseRoles.App).ShouldBe(server.App);
        await server.DisposeAsync();
        server.Folder.ShouldNotBe(folder["pg"]);
        Directory.Delete(server.Folder, recursive: true);
    }

    [Test]
    public async Task Starting_can_be_cancelled_and_leaves_nothing()
    {
        using var folder = new TestFolder();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Start(folder["pg"], cancelled.Token));
        File.Exists(Path.Combine(folder["pg"], "data", "postmaster.pid")).ShouldBeFalse();
    }

    private static Task<PrivatePostgres> Start(string folder, CancellationToken cancellation = default) =>
        PrivatePostgres.Start(new PrivatePostgresOptions { Folder = folder, Fsync = false, ConnectionsMax = 20 }, cancellation);
}
