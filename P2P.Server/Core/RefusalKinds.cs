using System.Collections.Frozen;
using P2P.Contracts;

namespace P2P.Server.Core;

/// <summary>Which refusals are stored with their request: those that the rules decided. A repeat of any other is decided anew.</summary>
public static class RefusalKinds
{
    private static readonly FrozenSet<string> Undecided = FrozenSet.Create(
        StringComparer.Ordinal,
        ErrorCodes.BadInput,
        ErrorCodes.UnknownMethod,
        ErrorCodes.Unauthenticated,
        ErrorCodes.Forbidden,
        ErrorCodes.NotJoinedP2P,
        ErrorCodes.ConsentRequired,
        ErrorCodes.Suspended,
        ErrorCodes.ClientTooOld,
        ErrorCodes.RequestIdReused,
        ErrorCodes.RequestIdExpired,
        ErrorCodes.NotInProduction,
        ErrorCodes.FileTypeRefused,
        ErrorCodes.FileTooLarge,
        ErrorCodes.FileMalformed,
        ErrorCodes.TooManyPixels,
        ErrorCodes.Busy,
        ErrorCodes.RateLimited,
        ErrorCodes.Timeout,
        ErrorCodes.Unavailable,
        ErrorCodes.Draining,
        ErrorCodes.Internal,
        ErrorCodes.TokenExpired,
        ErrorCodes.SignedOut,
        ErrorCodes.RoleChanged,
        ErrorCodes.Resync,
        ErrorCodes.TradingPaused,
        ErrorCodes.ReleasesPaused,
        ErrorCodes.FindingsOpen,
        ErrorCodes.VerificationRunning,
        ErrorCodes.ChainStale,
        ErrorCodes.KeysChanged,
        ErrorCodes.SecondFactorRequired,
        ErrorCodes.SecondFactorWrong,
        ErrorCodes.SecondFactorLocked,
        ErrorCodes.SecondFactorNotOffered,
        ErrorCodes.NotAPeer,
        ErrorCodes.TooManyTries);

    public static bool IsDecided(string code) => !Undecided.Contains(code);
}
