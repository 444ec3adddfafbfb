using P2P.Server.Realtime.Replica;

namespace P2P.Tests.Realtime;

/// <summary>Who may read a replica, by what was seen of it and of them.</summary>
public sealed class ReplicaFreshnessTests
{
    private const long User = 7;

    [Test]
    public void Nobody_reads_a_replica_that_was_never_compared() => new ReplicaFreshness(TimeSpan.FromMinutes(1)).WhyNot(User).ShouldBe("out");

    [Test]
    public void Who_changed_something_reads_the_replica_once_it_has_passed_that_moment()
    {
        var fresh = Compared(place: 100);
        fresh.WhyNot(User).ShouldBeNull();
        fresh.Touch(User);
        fresh.WhyNot(User).ShouldBe("own");
        fresh.WhyNot(User + 1).ShouldBeNull();

        fresh.Written(Moment(), 200);
        fresh.Replayed(199);
        fresh.WhyNot(User).ShouldBe("own", "the change may lie in the last byte");
        fresh.Replayed(200);
        fresh.WhyNot(User).ShouldBeNull();
        fresh.UsersWaiting.ShouldBe(0);
    }

    [Test]
    public void A_sample_from_before_the_change_proves_nothing()
    {
        var fresh = Compared(place: 100);
        var before = Moment();
        fresh.Touch(User);
        fresh.Written(before, 200);
        fresh.Replayed(10_000);
        fresh.WhyNot(User).ShouldBe("own");
    }

    [Test]
    public async Task A_replica_that_stands_still_is_left_to_itself_after_a_while()
    {
        var fresh = Compared(place: 100, TimeSpan.FromMilliseconds(200));
        fresh.WhyNot(User).ShouldBeNull();
        await Task.Delay(250);
        fresh.Written(Moment(), 200);
        fresh.Replayed(100);
        fresh.WhyNot(User).ShouldBe("lag");
        fresh.Replayed(200);
        fresh.WhyNot(User).ShouldBeNull();
        fresh.LeaveOut(TimeSpan.FromMilliseconds(200));
        fresh.WhyNot(User).ShouldBe("out");
        await Task.Delay(250);
        fresh.Written(Moment(), 300);
        fresh.Replayed(300);
        fresh.WhyNot(User).ShouldBeNull();
        fresh.LeaveOut();
        fresh.WhyNot(User).ShouldBe("out");
    }

    [Test]
    public void What_is_remembered_is_bounded_and_nobody_reads_too_early_for_it()
    {
        const int Users = 250_000;
        var fresh = Compared(place: 100);
        for (var user = 1; user <= Users; user++)
        {
            fresh.Touch(user);
        }

        fresh.UsersWaiting.ShouldBeLessThanOrEqualTo(100_000);
        Enumerable.Range(1, Users).Count(user => fresh.WhyNot(user) == "own").ShouldBe(Users);
        for (var i = 0; i < 5_000; i++)
        {
            fresh.Written(Moment(), 200 + i);
        }

        fresh.Replayed(10_000);
        Enumerable.Range(1, Users).Count(user => fresh.WhyNot(user) is null).ShouldBe(Users);
        fresh.UsersWaiting.ShouldBe(0);
    }

    private static ReplicaFreshness Compared(long place, TimeSpan? lagMax = null)
    {
        var fresh = new ReplicaFreshness(lagMax ?? TimeSpan.FromHours(1));
        fresh.Written(Moment(), place);
        fresh.Replayed(place);
        return fresh;
    }

    private static long Moment() => System.Diagnostics.Stopwatch.GetTimestamp();
}
