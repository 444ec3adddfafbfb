namespace P2P.Server.Operator;

/// <summary>
/// Signals belong to the command (<see cref="StopSignal"/>): the host's own handling would close every connection before the node is
/// drained.
/// </summary>
internal sealed class CommandLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until the command is told to stop, or the server stops by itself; then drains it and ends it.</summary>
    public static async Task RunUntil(WebApplication app, CancellationToken stop)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(() => told.TrySetResult()))
        await using (app.Lifetime.ApplicationStopping.Register(() => told.TrySetResult()))
        {
            await told.Task;
        }

        await app.StopAsync(CancellationToken.None);
    }
}
