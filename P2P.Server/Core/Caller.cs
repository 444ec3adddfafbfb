namespace P2P.Server.Core;

/// <summary>Who calls: a signed-in user, as every flow takes one.</summary>
/// <param name="UserId">The user's id, which is the profile's id too.</param>
/// <param name="Sub">The user's subject in tokens.</param>
public sealed record Caller(long UserId, string Sub)
{
    /// <summary>The server itself: its proposals are filed under this user.</summary>
    public static Caller System { get; } = new(0, "system");
}
