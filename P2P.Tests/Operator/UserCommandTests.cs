using P2P.Tests.Support;

namespace P2P.Tests.Operator;

/// <summary>What the operator does to accounts, as an operator does it.</summary>
public sealed class UserCommandTests
{
    [Test]
    public async Task An_operator_publishes_terms_and_verifies_suspends_and_readmits_a_user()
    {
        await using var database = await TestDatabase.Create();
        using var folder = new TestFolder();
        await TestPostgres.Execute(database.Superuser, "insert into users (id, sub) values (77, 'subject-77')");
        await TestPostgres.Execute(
            database.Superuser,
            """
            insert into profiles (user_id, username, username_skeleton, joined_at, updated_at, last_active_at)
            values (77, 'Seventy', 'seventy', now(), now(), now());
            insert into streams (user_id, audience) values (77, 'trade')
            """);
        await File.WriteAllTextAsync(folder["terms.txt"], "Be honest.\n");

        (int Code, string[] Output, string[] Errors) Run(params string[] arguments) =>
            ServerProcess.Run(folder.Path, [.. arguments, "--set", $"Db:App={database.App}"]);

        Run("user", "verify", "seventy").Output.ShouldBe(["Seventy (sub:subject-77) is verified"]);
        Run("user", "suspend", "seventy", "--reason", "A reason", "--until", "2099-01-31").Output
            .ShouldBe(["Seventy (sub:subject-77) is suspended"]);
        (await TestPostgres.Scalar<string>(database.Superuser, "select reason from suspensions where lifted_at is null")).ShouldBe("A reason");
        Run("user", "lift", "sub:subject-77").Code.ShouldBe(0);
        Run("user", "merchant", "name:seventy").Code.ShouldBe(0);
        Run("terms", "publish", folder["terms.txt"]).Output.ShouldBe(["version 2 of the terms is published"]);
        (await TestPostgres.Scalar<long>(database.Superuser, "select count(*) from audit_log where actor like 'operator:%'")).ShouldBe(5);
        (await TestPostgres.Scalar<long>(database.Superuser, "select last_seq from streams where user_id = 77")).ShouldBe(4);

        var unknown = Run("user", "verify", "nobody");
        unknown.Code.ShouldBe(1);
        unknown.Errors.ShouldHaveSingleItem().ShouldBe("No user has the name or the subject nobody.");
        Run("user", "suspend", "seventy", "--reason", "x", "--until", "soon").Errors.ShouldHaveSingleItem().ShouldContain("--until soon is no time");
    }
}
