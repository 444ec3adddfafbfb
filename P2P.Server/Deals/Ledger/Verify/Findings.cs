namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>What one verification gathers while it reads: counts, the first violations of each check, and who hears how far it is.</summary>
internal sealed class Findings(Action<string>? progress, VerifyScope? scope = null)
{
    private const int ProgressRows = 250_000;

    private readonly List<Violation> _violations = [];
    private long _rows;

    public VerifyCounts Counts { get; } = new();

    /// <summary>What is read.</summary>
    public VerifyScope Scope { get; } = scope ?? VerifyScope.All;

    public IReadOnlyList<Violation> Violations => _violations;

    public void Add(Violation? violation)
    {
        if (violation is not null)
        {
            _violations.Add(violation);
        }
    }

    public void AddAll(IEnumerable<Violation> violations) => _violations.AddRange(violations);

    /// <summary>Says what is read next.</summary>
    public void Begin(string what)
    {
        _rows = 0;
        progress?.Invoke(what);
    }

    public void Row()
    {
        if (++_rows % ProgressRows == 0)
        {
            progress?.Invoke($"  {_rows:N0} rows");
        }
    }
}
