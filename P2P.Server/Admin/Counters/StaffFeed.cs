using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Admin.Counters;

/// <summary>Tells staff who are connected here the counters every two seconds, and of findings when there are others than before.</summary>
public sealed class StaffFeed(Database database, CounterFlow counters, HubLinks links, ILogger<StaffFeed> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly LossyBroadcast<HouseCounters> _counters = new(nameof(IHouseClient.CountersChanged));
    private readonly LossyBroadcast<FindingsChanged> _findings = new(nameof(IHouseClient.FindingsChanged));
    private (int Open, Guid? Newest)? _told;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, Tell, log, stoppingToken);

    private async Task Tell(CancellationToken cancellation)
    {
        List<HubLink> staff = [.. links.All.Where(link => link.Audience == Audience.Admin)];
        if (staff.Count == 0)
        {
            // Whoever comes reads the list; from then on changes are told.
            _told = null;
            return;
        }

        var now = await counters.Get(cancellation);
        _counters.Tell(staff, now);
        var newest = now.OpenFindings > 0 ? await database.Read(CounterSql.NewestOpen, cancellation) : null;
        var told = (now.OpenFindings, newest?.Id);
        if (_told != told)
        {
            // The first look tells, too, when there is something: whoever connected just before it may have read the list earlier.
            if (_told is not null || now.OpenFindings > 0)
            {
                _findings.Tell(staff, new FindingsChanged { Open = now.OpenFindings, Newest = newest });
            }

            _told = told;
        }
    }
}
