namespace P2P.Contracts.Admin;

/// <summary>
/// The roles of staff, as a token's <c>role</c> claims name them. Each call of the admin hub says which of them it serves; others are
/// refused with FORBIDDEN before anything is read.
/// </summary>
public static class StaffRoles
{
    /// <summary>Runs the house: every call.</summary>
    public const string Admin = "admin";

    /// <summary>Decides disputes and complaints: sees users and orders, and suspends as the outcome of a complaint only.</summary>
    public const string Arbitrator = "arbitrator";

    /// <summary>Helps users: sees users and orders, suspends, verifies, moderates ads, reviews and pictures.</summary>
    public const string Support = "support";

    /// <summary>Watches: figures, orders and names, never private data.</summary>
    public const string ReadOnly = "readonly";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Admin, Arbitrator, Support, ReadOnly];
}
