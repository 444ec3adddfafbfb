using System.Globalization;
using System.Net;
using System.Net.Sockets;
using P2P.Tests.Support;

namespace P2P.Tests.Operator;

/// <summary>The operator's program as a process: what goes wrong is told in one sentence, and nothing outlives it. (S58)</summary>
public sealed class OperatorCommandTests
{
    private const string GoodKey = "q6Yb0u1W3xZ8vK5nT2mR7pL4sD9fG0hJ1kC3aE5iO7U=";

    private TestFolder _folder = null!; // Set before every test.

    [SetUp]
    public void Make_a_folder() => _folder = new TestFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [TestCase("serve", "Db:App is not set")]
    [TestCase("migrate", "Db:Owner is not set")]
    [TestCase("migrate --set Db:Owner=nonsense", "Db:Owner is no connection string")]
    [TestCase("migrate --set Db:Owner=Host=127.0.0.1;Port=1;Username=p2p_owner", "PostgreSQL does not answer")]
    [TestCase("migrate --set Db:Owner=Host=/nowhere;Username=p2p_owner", "PostgreSQL does not answer")]
    [TestCase("serve --set Db:App=Host=/nowhere", "No token can be checked")]
    [TestCase("serve --set Db:App=Host=/nowhere --set Auth:Key=short", "Auth:Key has 40 bits and needs 256")]
    [TestCase("serve --set Db:App=Host=/nowhere --set Auth:Key=change-me-change-me-change-me-change-me", "Auth:Key can be guessed")]
    [TestCase("serve --set Db:App=Host=/nowhere --set Auth:Key=0000000000000000000000000000000000000000", "Auth:Key can be guessed")]
    [TestCase("serve --set Db:App=Host=/nowhere --set Auth:Key=" + GoodKey + " --set Auth:Authority=https://a.example", "both set")]
    [TestCase("serve --set Db:App=Host=/nowhere --set Auth:Authority=http://a.example", "Auth:Authority is no https address")]
    [TestCase("serve --set Db:App=Host=/nowhere --set Auth:Key=" + GoodKey + " --port 0", "PostgreSQL does not answer")]
    [TestCase("dev --port 0 --set Limits:CallMs=many", "A setting has the wrong type")]
    [TestCase("dev --urls https://127.0.0.1:0", "An https address has no certificate")]
    [TestCase("dev --port 70000", "70000 is no port")]
    [TestCase("dev --urls nonsense", "nonsense is no address")]
    [TestCase("dev --port 1 --urls http://127.0.0.1:2", "contradict")]
    [TestCase("dev --set Db:App=Host=/nowhere", "Only one of Db:Owner and Db:App")]
    [TestCase("token --user alice --set Auth:Authority=https://a.example", "Tokens are signed by the authority")]
    [TestCase("token --user alice --hours 0", "--hours")]
    [TestCase("token --user ada --role admin --hours 2", "at most 60 minutes")]
    [TestCase("token", "--user")]
    [TestCase("nonsense", "nonsense")]
    public void A_failure_is_one_sentence_and_a_code(string arguments, string sentence) => Fails(arguments.Split(' '), sentence);

    [Test]
    public void A_port_in_use_is_told_by_number()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Fails(["dev", "--port", port], $"Port {port} is in use");
    }

    [Test]
    public void Settings_files_that_are_no_JSON_are_told()
    {
        File.WriteAllText(_folder["appsettings.json"], "{ nonsense");
        Fails(["migrate"], "settings file");
    }

    [Test]
    public async Task Serving_as_owner_or_superuser_is_refused()
    {
        await using var database = await TestDatabase.Create();
        foreach (var connectionString in new[] { database.Owner, database.Superuser })
        {
            Fails(["serve", "--port", "0"], "may change the schema", ("P2P__Db__App", connectionString), ("P2P__Auth__Key", GoodKey));
        }
    }

    [Test]
    public async Task Serving_an_empty_or_newer_database_is_refused()
    {
        await using var database = await TestDatabase.Create();
        await TestPostgres.Execute(database.Owner, "insert into schemaversions (scriptname, applied) values ('9999_later.sql', now())");
        Fails(["serve", "--port", "0"], "newer than this program", ("Db__App", database.App), ("Auth__Key", GoodKey));
        Fails(["migrate"], "newer than this program", ("Db__Owner", database.Owner));
    }

    [Test]
    public async Task An_operator_migrates_and_serves_until_SIGTERM()
    {
        await using var database = await TestDatabase.CreateEmpty();
        var (code, _, _) = ServerProcess.Run(_folder.Path, ["migrate", "--dry-run"], ("Db__Owner", database.Owner));
        code.ShouldBe(0);
        ServerProcess.Run(_folder.Path, ["migrate"], ("P2P__Db__Owner", database.Owner)).Code.ShouldBe(0);
        File.WriteAllText(_folder["appsettings.json"], $$"""{ "Auth": { "Key": "{{GoodKey}}" }, "Port": 0 }""");
        using var server = ServerProcess.Start(_folder.Path, ["serve"], ("Db__App", database.App));
        server.WaitForLine("Now listening on").ShouldContain("\"LogLevel\":\"Information\"");
        server.Terminate();
        server.WaitForExit().ShouldBe(0);
        server.Errors.ShouldBeEmpty();
    }

    [Test]
    public async Task Development_starts_answers_and_ends_with_its_database()
    {
        using var server = ServerProcess.Start(_folder.Path, ["dev", "--port", "0"]);
        var ready = server.WaitForLine("P2P is ready at ");
        var url = ready.Split(' ')[4];
        server.WaitForLine("alice");
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        (await http.GetStringAsync(new Uri(url + "/p2p/health"))).ShouldBe("P2P service is running");
        var postmaster = Postmaster();
        server.Interrupt();
        server.WaitForExit().ShouldBe(0);
        IsRunning(postmaster).ShouldBeFalse();
    }

    [Test]
    public void A_killed_development_server_leaves_no_orphan_and_starts_again()
    {
        using var server = ServerProcess.Start(_folder.Path, ["dev", "--port", "0"]);
        server.WaitForLine("P2P is ready at ");
        var postmaster = Postmaster();
        server.Kill();
        using var second = ServerProcess.Start(_folder.Path, ["dev", "--port", "0"]);
        second.WaitForLine("P2P is ready at ");
        IsRunning(postmaster).ShouldBeFalse();
        Postmaster().ShouldNotBe(postmaster);
        second.Terminate();
        second.WaitForExit().ShouldBe(0);
    }

    [Test]
    public void A_development_server_that_others_can_reach_has_no_shortcuts()
    {
        using var server = ServerProcess.Start(_folder.Path, ["dev", "--urls", "http://0.0.0.0:0"]);
        server.WaitForLine("demo tokens, the faucet and sign-in shortcuts are off");
        server.Terminate();
        server.WaitForExit().ShouldBe(0);
    }

    [Test]
    public void A_token_stands_alone_on_stdout_and_its_key_belongs_to_its_user()
    {
        var (code, output, errors) = ServerProcess.Run(_folder.Path, ["token", "--user", "alice", "--role", "admin", "--role", "custody"]);
        code.ShouldBe(0);
        errors.ShouldBeEmpty();
        output.ShouldHaveSingleItem().Split('.').Length.ShouldBe(3);
        File.GetUnixFileMode(_folder[Path.Combine(".p2p", "auth.key")]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Fails(string[] arguments, string sentence, params (string Name, string Value)[] environment)
    {
        var (code, output, errors) = ServerProcess.Run(_folder.Path, arguments, environment);
        code.ShouldNotBe(0);
        output.ShouldBeEmpty();
        errors.ShouldHaveSingleItem().ShouldContain(sentence);
    }

    /// <summary>A zombie does nothing more; in a container it may wait for ever for a first process that reaps it.</summary>
    private static bool IsRunning(string processId)
    {
        var status = $"/proc/{processId}/stat";
        return File.Exists(status) && File.ReadAllText(status).Split(") ")[^1][0] != 'Z';
    }

    private string Postmaster() => File.ReadLines(_folder[Path.Combine(".p2p", "pg", "data", "postmaster.pid")]).First();
}
