using Npgsql;
using P2P.Db;
using P2P.Tests.Support;

namespace P2P.Tests.Db;

/// <summary>What a process that stood still finds when it goes on.</summary>
public sealed class DatabaseTests
{
    /// <summary>The database ends the transaction and gives its locks back; whoever asked is told to try again, not that the server is broken.</summary>
    [Test]
    public async Task A_transaction_left_idle_for_too_long_is_given_up_and_may_be_tried_again()
    {
        var server = await TestPostgres.Server;
        await using var database = new Database(new DatabaseOptions { App = server.App, IdleInTransactionTimeoutMs = 100 });
        var stood = await Should.ThrowAsync<Exception>(() => database.Write(async tx =>
        {
            await tx.Scalar<int>("select 1");
            await Task.Delay(600);
            await tx.Scalar<int>("select 2");
        }));
        Database.IsUnavailable(stood).ShouldBeTrue(stood.ToString());

        // What is heard of it depends on the way to the database: over TCP its last words, on this machine's socket that nobody listens.
        Database.IsUnavailable(new PostgresException("terminating connection", "FATAL", "FATAL", "25P03")).ShouldBeTrue();
        (await database.Write(async tx => await tx.Scalar<int>("select 3"))).ShouldBe(3);
    }
}
