using System.Runtime.Versioning;
using P2P.Tests.Support;

[assembly: SupportedOSPlatform("linux")]

namespace P2P.Tests;

/// <summary>What stands around the whole run: its private PostgreSQL ends with it.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public async Task Stop_the_database() => await TestPostgres.Stop();
}
