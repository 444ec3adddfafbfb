namespace P2P.Server.Core;

/// <summary>Counts what happens against a <see cref="Rate"/>: a bucket of tokens that fills by itself.</summary>
public sealed class TokenBucket(Rate rate)
{
    private readonly Lock _gate = new();
    private double _tokens = rate.Burst;
    private long _filledAtMs = Environment.TickCount64;

    /// <summary>Takes a token, or as many as something costs: 0 when there were so many, else the milliseconds until there are.</summary>
    public int Take(int cost = 1)
    {
        lock (_gate)
        {
            Fill();
            if (_tokens >= cost)
            {
                _tokens -= cost;
                return 0;
            }

            return Math.Max(1, (int)Math.Min(int.MaxValue, Math.Ceiling((cost - _tokens) * 1_000 / rate.PerSecond)));
        }
    }

    /// <summary>Gives back a token that was taken for what turned out not to count.</summary>
    public void GiveBack()
    {
        lock (_gate)
        {
            Fill();
            _tokens = Math.Min(rate.Burst, _tokens + 1);
        }
    }

    /// <summary>True when nothing was taken for so long that forgetting the bucket changes nothing.</summary>
    public bool IsFull()
    {
        lock (_gate)
        {
            Fill();
            return _tokens >= rate.Burst;
        }
    }

    private void Fill()
    {
        var now = Environment.TickCount64;
        _tokens = Math.Min(rate.Burst, _tokens + ((now - _filledAtMs) * rate.PerSecond / 1_000));
        _filledAtMs = now;
    }
}
