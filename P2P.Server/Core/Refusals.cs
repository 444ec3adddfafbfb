using P2P.Contracts;

namespace P2P.Server.Core;

/// <summary>Which refusals are an answer for good, and which only for now.</summary>
public static class Refusals
{
    private static readonly HashSet<string> Unstored =
    [
        // Door.
        ErrorCodes.BadInput, ErrorCodes.UnknownMethod, ErrorCodes.Unauthenticated, ErrorCodes.Forbidden, ErrorCodes.NotJoinedP2P,
        ErrorCodes.ConsentRequired, ErrorCodes.Suspended, ErrorCodes.ClientTooOld, ErrorCodes.RequestIdReused, ErrorCodes.RequestIdExpired,
        ErrorCodes.NotInProduction,

        // Transient.
        ErrorCodes.Busy, ErrorCodes.RateLimited, ErrorCodes.Timeout, ErrorCodes.Unavailable, ErrorCodes.Draining, ErrorCodes.Internal,
    ];

    /// <summary>True for a decided refusal: a repeat of the request gets it again.</summary>
    public static bool IsStored(string code) => !Unstored.Contains(code);
}
