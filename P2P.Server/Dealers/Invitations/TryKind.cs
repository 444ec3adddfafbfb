namespace P2P.Server.Dealers.Invitations;

/// <summary>What is guessed at.</summary>
public enum TryKind
{
    /// <summary>A locator with a secret.</summary>
    Secret,

    /// <summary>A locator alone.</summary>
    Locator,
}
