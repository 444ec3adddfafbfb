namespace P2P.Server.Core;

/// <summary>Rounding of amounts; always <see cref="decimal"/>.</summary>
public static class Money
{
    /// <summary>Cut down to a number of decimals.</summary>
    public static decimal Down(decimal value, int scale) => decimal.Round(value, scale, MidpointRounding.ToZero);

    /// <summary>Up to a number of decimals; what is exact stays.</summary>
    public static decimal Up(decimal value, int scale) => decimal.Round(value, scale, MidpointRounding.ToPositiveInfinity);

    /// <summary>True when the value has more decimals than allowed.</summary>
    public static bool IsFinerThan(decimal value, int scale) => Down(value, scale) != value;
}
