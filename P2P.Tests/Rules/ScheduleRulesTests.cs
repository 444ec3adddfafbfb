using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Trading.Schedules;

namespace P2P.Tests.Rules;

/// <summary>A maker's hours, in zones whose clocks are moved and in zones whose clocks are not.</summary>
public sealed class ScheduleRulesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Test]
    public void Hours_follow_the_local_clock_when_it_is_moved()
    {
        var hours = Hours("Europe/Berlin", (Weekday.Saturday, 540, 1_020), (Weekday.Sunday, 540, 1_020), (Weekday.Monday, 540, 1_020));

        // Clocks go forward on 29 March 2026 and back on 25 October 2026, both Sundays: nine o'clock is an hour earlier, or later, in UTC.
        ScheduleRules.OpensAt(hours, Utc("2026-03-28T03:00Z")).ShouldBe(Utc("2026-03-28T08:00Z"));
        ScheduleRules.OpensAt(hours, Utc("2026-03-29T03:00Z")).ShouldBe(Utc("2026-03-29T07:00Z"));
        ScheduleRules.ClosesAt(hours, Utc("2026-03-29T08:00Z")).ShouldBe(Utc("2026-03-29T15:00Z"));
        ScheduleRules.OpensAt(hours, Utc("2026-10-24T03:00Z")).ShouldBe(Utc("2026-10-24T07:00Z"));
        ScheduleRules.OpensAt(hours, Utc("2026-10-25T03:00Z")).ShouldBe(Utc("2026-10-25T08:00Z"));
    }

    [Test]
    public void A_window_in_the_hour_that_is_left_out_waits_a_week_and_in_the_hour_that_comes_twice_it_opens_twice()
    {
        var hours = Hours("Europe/Berlin", (Weekday.Sunday, 135, 165));
        ScheduleRules.OpensAt(hours, Utc("2026-03-23T00:00Z")).ShouldBe(Utc("2026-04-05T00:15Z"));
        ScheduleRules.OpensAt(hours, Utc("2026-10-25T00:00Z")).ShouldBe(Utc("2026-10-25T00:15Z"));
        ScheduleRules.ClosesAt(hours, Utc("2026-10-25T00:15Z")).ShouldBe(Utc("2026-10-25T00:45Z"));
        ScheduleRules.OpensAt(hours, Utc("2026-10-25T00:45Z")).ShouldBe(Utc("2026-10-25T01:15Z"));

        // Half of the window is left out: it opens with the new time.
        ScheduleRules.OpensAt(Hours("Europe/Berlin", (Weekday.Sunday, 150, 240)), Utc("2026-03-29T00:00Z")).ShouldBe(Utc("2026-03-29T01:00Z"));
    }

    [TestCase("Europe/Berlin", "2026-03-29T00:00Z")]
    [TestCase("Europe/Berlin", "2026-10-24T22:00Z")]
    [TestCase("America/New_York", "2026-03-08T05:00Z")]
    [TestCase("Australia/Lord_Howe", "2026-04-04T12:00Z")]
    [TestCase("Asia/Kathmandu", "2026-01-01T00:00Z")]
    [TestCase("Africa/Nairobi", "2026-01-01T00:00Z")]
    public void The_next_opening_and_closing_are_the_first_minutes_at_which_it_turns(string zone, string around)
    {
        var random = new Random(7);
        for (var run = 0; run < 12; run++)
        {
            var windows = Enumerable.Range(0, random.Next(1, 8)).Select(_ =>
            {
                var from = random.Next(0, 95);
                return ((Weekday)random.Next(1, 8), from * 15, random.Next(from + 1, 97) * 15);
            }).ToArray();
            var hours = Hours(zone, windows);
            var now = Utc(around).AddMinutes(random.Next(-2_000, 2_000)).AddSeconds(random.Next(60));
            var (opens, closes) = (ScheduleRules.OpensAt(hours, now), ScheduleRules.ClosesAt(hours, now));
            var isOpen = ScheduleRules.IsOpen(hours, now);
            (isOpen ? opens : closes).ShouldBe(now);
            var turns = (isOpen ? closes : opens).ShouldNotBeNull();
            for (var at = now; at < turns; at = at.AddMinutes(1))
            {
                ScheduleRules.IsOpen(hours, at).ShouldBe(isOpen, $"{zone} {hours.Week} {at:O}");
            }

            ScheduleRules.IsOpen(hours, turns).ShouldBe(!isOpen, $"{zone} {hours.Week} {turns:O}");
        }
    }

    [Test]
    public void Minutes_of_the_week_are_those_of_the_local_clock()
    {
        var hours = Hours("Europe/Berlin", (Weekday.Wednesday, 600, 615));
        for (var at = Utc("2026-03-25T00:00Z"); at < Utc("2026-04-09T00:00Z"); at = at.AddMinutes(5))
        {
            var local = TimeZoneInfo.ConvertTime(at, Berlin);
            ScheduleRules.IsOpen(hours, at).ShouldBe(local is { DayOfWeek: DayOfWeek.Wednesday, Hour: 10, Minute: < 15 }, $"{at:O}");
        }
    }

    [Test]
    public void A_vacation_hides_everything_and_the_hours_count_again_afterwards()
    {
        var now = Utc("2026-05-04T10:00Z"); // A Monday.
        var always = new MakerHours(null, null, now.AddDays(3));
        var reason = ScheduleRules.AwayBecause(always, now).ShouldNotBeNull();
        (reason.Code, reason.Details.ShouldNotBeNull()["reason"], reason.Details["opensAt"])
            .ShouldBe((ErrorCodes.AdUnavailable, "vacation", WireJson.Spell(now.AddDays(3))));
        ScheduleRules.AwayBecause(always, now.AddDays(3)).ShouldBeNull();

        var mornings = Hours("UTC", (Weekday.Monday, 480, 720)) with { VacationUntil = now.AddDays(3) };
        ScheduleRules.OpensAt(mornings, now).ShouldBe(Utc("2026-05-11T08:00Z"));
        ScheduleRules.AwayBecause(mornings, now.AddDays(4)).ShouldNotBeNull().Details.ShouldNotBeNull()["reason"].ShouldBe("outsideHours");
        ScheduleRules.AwayBecause(mornings, Utc("2026-05-11T08:00Z")).ShouldBeNull();
        ScheduleRules.AwayBecause(new MakerHours(null, null, null), now).ShouldBeNull();
    }

    [Test]
    public void Windows_are_kept_as_they_were_given_and_one_past_midnight_is_shown_by_days()
    {
        ScheduleWindow[] windows = [Window(Weekday.Monday, 0, 15), Window(Weekday.Sunday, 1_320, 1_440)];
        var week = ScheduleRules.WeekOf(windows);
        week.ShouldBe("{[0,15),[9960,10080)}");
        ScheduleRules.WindowsOf(week).ShouldBe(windows);
        ScheduleRules.WindowsOf("{[1320,1500)}").ShouldBe([Window(Weekday.Monday, 1_320, 1_440), Window(Weekday.Tuesday, 0, 60)]);
        ScheduleRules.WeekOf([]).ShouldBeNull();
        ScheduleRules.WindowsOf(null).ShouldBeEmpty();
    }

    [TestCase(0, 0, 15)]
    [TestCase(8, 0, 15)]
    [TestCase(1, -15, 15)]
    [TestCase(1, 15, 15)]
    [TestCase(1, 30, 15)]
    [TestCase(1, 0, 1_455)]
    [TestCase(1, 1, 15)]
    [TestCase(1, 0, 20)]
    public void A_window_that_is_none_is_refused(int day, int from, int to) => Should.Throw<Refused>(
        () => ScheduleRules.WeekOf([Window((Weekday)day, from, to)])).Code.ShouldBe(ErrorCodes.BadInput);

    [Test]
    public void Zones_and_vacations_have_bounds()
    {
        var now = Utc("2026-05-04T10:00Z");
        foreach (var zone in new[] { "", "Nowhere/Land", new string('x', 51), "Europe/Berlin\0" })
        {
            Should.Throw<Refused>(() => ScheduleRules.CheckZone(zone));
        }

        Should.NotThrow(() => ScheduleRules.CheckZone("Africa/Nairobi"));
        Should.Throw<Refused>(() => ScheduleRules.CheckVacation(now, now));
        Should.Throw<Refused>(() => ScheduleRules.CheckVacation(now.AddDays(366), now));
        Should.NotThrow(() => ScheduleRules.CheckVacation(now.AddDays(365), now));
        Should.NotThrow(() => ScheduleRules.CheckVacation(null, now));
        Should.Throw<Refused>(() => ScheduleRules.WeekOf([.. Enumerable.Repeat(Window(Weekday.Monday, 0, 15), 29)]));
    }

    private static MakerHours Hours(string zone, params (Weekday Day, int From, int To)[] windows) =>
        new(zone, ScheduleRules.WeekOf([.. windows.Select(window => Window(window.Day, window.From, window.To))]), null);

    private static ScheduleWindow Window(Weekday day, int from, int to) => new() { Day = day, FromMinute = from, ToMinute = to };

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
