namespace P2P.Tests.Sdk;

/// <summary>Waits that end.</summary>
internal static class Eventually
{
    /// <summary>Until the condition holds, at most ten seconds.</summary>
    public static async Task Holds(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            if (limit.IsCancellationRequested)
            {
                throw new AssertionException($"After 10 s still not so: {what}.");
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }
}
