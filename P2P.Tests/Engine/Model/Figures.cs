using P2P.Contracts.Deals;

namespace P2P.Tests.Engine.Model;

/// <summary>How much was checked: a run that checked nothing must fail.</summary>
internal sealed class Figures
{
    public int Commands { get; private set; }

    public int Allowed { get; private set; }

    public int HistoryRows { get; set; }

    public Dictionary<string, int> Codes { get; } = [];

    public Dictionary<OrderStatus, int> EndedIn { get; } = [];

    public void Count(string? code)
    {
        Commands++;
        Allowed += code is null ? 1 : 0;
        if (code is not null)
        {
            Codes[code] = Codes.GetValueOrDefault(code) + 1;
        }
    }

    public void Count(IEnumerable<ModelOrder> orders)
    {
        foreach (var order in orders)
        {
            EndedIn[order.Status] = EndedIn.GetValueOrDefault(order.Status) + 1;
        }
    }

    public void Print()
    {
        TestContext.Out.WriteLine($"{Commands} commands, {Allowed} allowed{(HistoryRows > 0 ? $", {HistoryRows} rows of history" : "")}.");
        var codes = Codes.OrderByDescending(code => code.Value).Select(code => $"{code.Key} {code.Value}");
        TestContext.Out.WriteLine($"Refused: {string.Join(", ", codes)}.");
        TestContext.Out.WriteLine($"Orders: {string.Join(", ", EndedIn.Select(status => $"{status.Key} {status.Value}"))}.");
    }
}
