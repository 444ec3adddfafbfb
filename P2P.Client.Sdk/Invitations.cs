using P2P.Contracts.Dealers;

namespace P2P.Client.Sdk;

/// <summary>An invitation that was just made.</summary>
public sealed record NewInvitation
{
    /// <summary>As the server shows it.</summary>
    public required InvitationView Invitation { get; init; }

    /// <summary>What is to be sent to the other person, by a way that others do not read.</summary>
    public required Uri Link { get; init; }
}

/// <summary>An invitation that the user accepted.</summary>
public sealed record AcceptedInvitation
{
    /// <summary>The connection.</summary>
    public required ConnectionView Connection { get; init; }

    /// <summary>
    /// True when the inviter's keys are just those that the link proves: they count as verified. False when devices of the inviter's came
    /// or went since;
    /// then compare the safety number.
    /// </summary>
    public required bool IsVerified { get; init; }
}
