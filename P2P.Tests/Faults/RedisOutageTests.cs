namespace P2P.Tests.Faults;

/// <summary>
/// T9: Redis goes away in every way that it can, under traders who sit on two nodes. No command fails, no connection is cut, no event is lost or
/// doubled; what comes late meanwhile comes within about a second.
/// </summary>
[NonParallelizable]
[Category("Reliability")]
public sealed class RedisOutageTests : RedisOutageFixture
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    [Test]
    public Task Stopped_and_started() => Outage("stopped", Redis.Stop, () => Redis.Start(), Away);

    [Test]
    public Task Killed_and_started_at_once() => Outage("killed", Redis.Kill, () => Redis.Start(), Moment);

    [Test]
    public Task Paused() => Outage("paused", Redis.Pause, Redis.Continue, Away);

    [Test]
    public Task Emptied() =>
        Outage("FLUSHALL", async () => (await Redis.AsTester("FLUSHALL")).ShouldBe("+OK"), () => Task.CompletedTask, Moment);

    [Test]
    public Task Another_password() =>
        Outage("wrong password", () => Redis.ChangePassword("another"), () => Redis.ChangePassword(Redis.Password), Away);
}

/// <summary>T9, where the servers start first.</summary>
[NonParallelizable]
[Category("Reliability")]
public sealed class RedisAbsentTests : RedisOutageFixture
{
    protected override bool RedisIsThere => false;

    [Test]
    public Task Absent_at_start() => Outage("absent at start", () => Task.CompletedTask, () => Redis.Start(), Away);
}
