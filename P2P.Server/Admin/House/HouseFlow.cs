using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.Ledger;
using P2P.Server.Core;
using P2P.Server.Deals.House;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Admin.House;

/// <summary>Reads and moves the emergency switches.</summary>
public sealed class HouseFlow(Database database, RequestLog requests)
{
    public async Task<HouseStatus> Get(CancellationToken cancellation) => StatusOf(await database.Read(SwitchSql.All, cancellation));

    public Task<HouseStatus> Move(
        StaffCaller staff, string call, SwitchRequest request, HouseSwitch which, bool paused, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        return requests.Once(
            staff.Caller,
            call,
            request,
            async change =>
            {
                if (which == HouseSwitch.Releases && !paused)
                {
                    await EnsureAcknowledged(change);
                }

                return await Move(change, staff.Actor, which, paused, why);
            },
            cancellation);
    }

    /// <summary>
    /// Escrows are not let go while something was found that nobody has looked at. The switches' lock comes first: a finding that is being
    /// kept is seen.
    /// </summary>
    private static async Task EnsureAcknowledged(Change change)
    {
        await SwitchSql.Lock(change.Tx);
        if (await FindingSql.CountOpen(change.Tx) is > 0 and var open)
        {
            throw new Refused(
                ErrorCodes.FindingsOpen,
                $"{open} findings of the ledger's watch are not acknowledged: look at them first.",
                ("open", open.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Moves a switch within a change; every member of staff hears of it.</summary>
    internal static async Task<HouseStatus> Move(Change change, StaffActor actor, HouseSwitch which, bool paused, string reason)
    {
        await SwitchSql.Lock(change.Tx);
        var name = which.ToString();
        var before = (await SwitchSql.All(change.Tx)).Single(row => row.Name == name);
        await SwitchSql.Set(change.Tx, name, paused, reason, actor.Name, await change.Now());
        var action = paused ? "house.pause" : "house.resume";
        await StaffSql.Audit(change.Tx, actor, action, $"switch:{name}", Spell(before.Paused), Spell(paused), reason);

        var after = (await SwitchSql.All(change.Tx)).ToList();
        var told = new SwitchChanged { Switch = ViewOf(after.Single(row => row.Name == name)) };
        var staff = await StaffSql.StaffStreams(change.Tx, Audience.Admin);
        change.Tell(PendingEvent.ForAll(staff, Audience.Admin, nameof(IHouseClient.SwitchChanged), told));
        return StatusOf(after);
    }

    private static HouseStatus StatusOf(IEnumerable<SwitchRow> rows) => new() { Switches = [.. rows.Select(ViewOf)] };

    private static SwitchView ViewOf(SwitchRow row) => new()
    {
        Switch = Enum.Parse<HouseSwitch>(row.Name),
        Paused = row.Paused,
        Reason = row.Reason,
        By = row.SetBy,
        At = row.SetAt,
    };

    private static string Spell(bool paused) => paused ? "paused" : "running";
}
