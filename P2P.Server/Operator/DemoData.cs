namespace P2P.Server.Operator;

/// <summary>What `dev` puts into its database once the server runs; each feature adds one line and must bear being repeated.</summary>
internal static class DemoData
{
    private static readonly Func<IServiceProvider, CancellationToken, Task>[] Steps =
    [
        DemoUsers.Fill,
        DemoPrices.Fill,
        DemoAds.Fill,
    ];

    public static async Task Fill(IServiceProvider services, CancellationToken cancellation)
    {
        foreach (var step in Steps)
        {
            await step(services, cancellation);
        }
    }
}
