using System.Collections.Concurrent;
using System.Diagnostics;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>PostgreSQL is away for a while: callers are told so, nothing false is said, and all goes on when it is back.</summary>
[NonParallelizable]
public sealed class OutageTests
{
    // Three readers stay below thirty reads a second.
    private const int PauseMs = 120;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BackMax = TimeSpan.FromSeconds(3);

    /// <summary>One call as its caller knows it.</summary>
    private sealed record Attempt(string Call, long At, string? Code, Guid? RequestId);

    [Test]
    public async Task Three_seconds_without_PostgreSQL_are_told_as_such_and_nothing_is_lost()
    {
        // S62
        await using var market = await CrashMarket.Create(pairs: 2);
        var (seller, buyer) = (market.Traders[0], market.Traders[1]);
        var reconnects = 0;
        seller.Client.StateChanged += (_, _) => Interlocked.Increment(ref reconnects);
        buyer.Client.StateChanged += (_, _) => Interlocked.Increment(ref reconnects);
        var attempts = new ConcurrentQueue<Attempt>();
        using var stopping = new CancellationTokenSource();
        var total = 1_000_000;
        Task[] calling =
        [
            Repeat("GetProfile", _ => buyer.Client.Hub.GetProfile(new GetProfileRequest(), TestMarket.Bounded())),
            Repeat("GetAd", _ => buyer.Client.Hub.GetAd(new GetAdRequest { AdId = seller.AdId }, TestMarket.Bounded())),
            Repeat("ListOrders", _ => buyer.Client.Hub.ListOrders(new ListOrdersRequest(), TestMarket.Bounded())),
            Repeat("UpdateProfile", id => buyer.Client.Hub.UpdateProfile(Update(id), TestMarket.Bounded())),
            Repeat("ChangeAdTotal", id => seller.Client.Hub.ChangeAdTotal(Change(id, Interlocked.Increment(ref total)), TestMarket.Bounded())),
        ];

        await Task.Delay(TimeSpan.FromSeconds(1));
        var stoppingAt = Stopwatch.GetTimestamp();
        await market.StopPostgres();
        var stoppedAt = Stopwatch.GetTimestamp();
        await Task.Delay(Away);
        var startedFrom = Stopwatch.GetTimestamp();
        await market.StartPostgres();
        var startedAt = Stopwatch.GetTimestamp();
        await Task.Delay(BackMax + TimeSpan.FromSeconds(2));
        await stopping.CancelAsync();
        await Task.WhenAll(calling).WaitAsync(TimeSpan.FromSeconds(30));

        var all = attempts.ToList();
        all.Where(attempt => attempt.At < stoppingAt).ShouldAllBe(attempt => attempt.Code == null);
        all.Where(attempt => attempt.Code != null).Select(attempt => attempt.Code).Distinct()
            .ShouldBeSubsetOf([ErrorCodes.Unavailable, ErrorCodes.Timeout]);
        all.Where(attempt => attempt.At > stoppedAt && attempt.At < startedFrom).ShouldAllBe(attempt => attempt.Code != null);
        foreach (var call in all.GroupBy(attempt => attempt.Call))
        {
            call.Count(attempt => attempt.At > stoppedAt && attempt.At < startedFrom).ShouldBeGreaterThan(0, $"{call.Key} was never answered");
            var back = call.Where(attempt => attempt.At > startedAt && attempt.Code == null).Min(attempt => attempt.At);
            TestContext.Progress.WriteLine(
                $"{call.Key}: {call.Count()} calls, {call.Count(attempt => attempt.Code != null)} refused, served again after "
                + $"{Stopwatch.GetElapsedTime(startedAt, back).TotalMilliseconds:0} ms");
            Stopwatch.GetElapsedTime(startedAt, back).ShouldBeLessThan(BackMax, call.Key);
            call.Where(attempt => Stopwatch.GetElapsedTime(startedAt, attempt.At) > BackMax).ShouldAllBe(attempt => attempt.Code == null);
        }

        reconnects.ShouldBe(0, "The connections stand through the outage.");
        await EverythingAcknowledgedIsThere(market, all);
        await WhatWasUnknownIsKnownByARepeat(buyer, all);

        async Task Repeat(string call, Func<Guid, Task> run)
        {
            while (!stopping.IsCancellationRequested)
            {
                var id = Guid.CreateVersion7();
                string? code = null;
                try
                {
                    await run(id);
                }
                catch (P2PException e)
                {
                    code = e.Code;
                }

                attempts.Enqueue(new Attempt(call, Stopwatch.GetTimestamp(), code, id));
                await Task.Delay(PauseMs);
            }
        }

        ChangeAdTotalRequest Change(Guid id, int to) => new() { RequestId = id, AdId = seller.AdId, Total = to };
    }

    private static UpdateProfileRequest Update(Guid id) => new() { RequestId = id, AutoReplyMessage = $"{id:N}" };

    private static async Task EverythingAcknowledgedIsThere(CrashMarket market, List<Attempt> all)
    {
        var stored = await TestPostgres.Scalar<Guid[]>(market.Superuser, "select array_agg(request_id) from requests where code is null");
        var acknowledged = all.Where(attempt => attempt is { Code: null, Call: "UpdateProfile" or "ChangeAdTotal", RequestId: { } })
            .Select(attempt => attempt.RequestId.GetValueOrDefault()).ToList();
        acknowledged.Count.ShouldBeGreaterThan(10);
        acknowledged.Except(stored).ShouldBeEmpty();
    }

    private static async Task WhatWasUnknownIsKnownByARepeat(CrashTrader buyer, List<Attempt> all)
    {
        foreach (var attempt in all.Where(attempt => attempt is { Code: not null, Call: "UpdateProfile" }))
        {
            var id = attempt.RequestId.GetValueOrDefault();
            (await buyer.Client.Profiles.UpdateAsync(Update(id), TestMarket.Bounded())).Id.ShouldBe(buyer.UserId);
        }
    }
}
