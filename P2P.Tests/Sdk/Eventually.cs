namespace P2P.Tests.Sdk;

/// <summary>Waits that end.</summary>
internal static class Eventually
{
    /// <summary>Until the condition holds, at most ten seconds or as long as said.</summary>
    public static async Task Holds(Func<bool> condition, string what, int secondsMax = 10)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(secondsMax));
        while (!condition())
        {
            if (limit.IsCancellationRequested)
            {
                throw new AssertionException($"After {secondsMax} s still not so: {what}.");
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }
}
