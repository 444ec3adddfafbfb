using System.Runtime.Versioning;
using P2P.Tests.Support;

[assembly: SupportedOSPlatform("linux")]

// Every fixture has databases and servers of its own, and most of them wait more than they work. Those that measure time or kill servers say
// that they stand alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]

namespace P2P.Tests;

/// <summary>What stands around the whole run: its private PostgreSQL ends with it.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public async Task Stop_the_database()
    {
        ReliabilityReport.Write();
        await TestPostgres.Stop();
    }
}
