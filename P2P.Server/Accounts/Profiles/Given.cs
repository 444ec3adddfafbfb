namespace P2P.Server.Accounts.Profiles;

/// <summary>A member of a change: absent (nothing changes), or given, with null to clear.</summary>
/// <param name="IsGiven">False when the member was absent.</param>
/// <param name="Value">What was given; null clears.</param>
public readonly record struct Given<T>(bool IsGiven, T? Value)
    where T : class;

/// <summary>Makes <see cref="Given{T}"/>.</summary>
public static class Given
{
    public static Given<T> Of<T>(T? value)
        where T : class => new(true, value);
}
