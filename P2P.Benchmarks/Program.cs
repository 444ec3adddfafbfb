using System.CommandLine;
using P2P.Benchmarks.Orders;

namespace P2P.Benchmarks;

/// <summary>Our figures beside our peers': a scenario a command.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Measures P2P beside its peers; ratios of alternating rounds count, absolute figures are this machine's.")
        {
            OrdersCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
