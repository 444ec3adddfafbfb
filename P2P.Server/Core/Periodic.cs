namespace P2P.Server.Core;

/// <summary>Work that a node repeats for as long as it runs.</summary>
public static partial class Periodic
{
    /// <summary>
    /// Runs the work, waits, and so on until the server stops. A failure is logged when it begins and never ends the loop: nothing is lost,
    /// because the next round reads the same rows.
    /// </summary>
    public static async Task Run(TimeSpan pause, Func<CancellationToken, Task> work, ILogger log, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(pause);
        await Run(work, async () => await timer.WaitForNextTickAsync(stopping), log, stopping);
    }

    /// <summary>The same, where the pause may change and a round may be asked for before its time.</summary>
    public static Task Run(
        Func<TimeSpan> pause, Wake wake, Func<CancellationToken, Task> work, ILogger log, CancellationToken stopping) =>
        Run(work, () => wake.Wait(pause(), stopping), log, stopping);

    private static async Task Run(Func<CancellationToken, Task> work, Func<Task<bool>> wait, ILogger log, CancellationToken stopping)
    {
        var failures = 0;
        try
        {
            do
            {
                try
                {
                    await work(stopping);
                    failures = 0;
                }
                catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
                {
                    // What was put away already is put away because the server ends: the wait tells, unless it is another fault, which comes again.
                    if (++failures == (e is ObjectDisposedException ? 2 : 1))
                    {
                        RoundFailed(log, e);
                    }
                }
            }
            while (await wait());
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops: the next node, or the next start, goes on from the rows.
        }
    }

    [LoggerMessage(
        EventId = 1001,
        Level = LogLevel.Warning,
        Message = "A periodic round failed; it is repeated, further failures are not logged until one succeeds.")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
