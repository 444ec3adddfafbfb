using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Signaling;

/// <summary>Pure decisions about signals and frames.</summary>
public static class SignalRules
{
    public static void Check(SendSignalRequest request)
    {
        if (request.Kind is not (SignalKind.Offer or SignalKind.Answer or SignalKind.Candidate or SignalKind.HangUp))
        {
            throw PeerRules.Bad("kind", "A signal is an offer, an answer, a candidate or a hang-up.");
        }

        if (request.Payload.Length is 0 or > Limits.SignalCharsMax)
        {
            throw PeerRules.Bad("payload", $"A signal has 1 to {Limits.SignalCharsMax} characters.");
        }

        if (Ids.TimeOf(request.SessionId) is null)
        {
            throw PeerRules.Bad("sessionId", "A session's id is a UUID of version 7.");
        }
    }

    public static void Check(RelayRequest request)
    {
        if (request.Data.Length is 0 or > Limits.RelayCharsMax)
        {
            throw PeerRules.Bad("data", $"A frame has 1 to {Limits.RelayCharsMax} characters.");
        }
    }

    /// <summary>A session is agreed on within its time; nobody hangs up too late.</summary>
    public static void CheckTime(SendSignalRequest request, DateTimeOffset now)
    {
        var (began, skew) = (Ids.TimeOf(request.SessionId), TimeSpan.FromSeconds(Limits.ClockSkewSeconds));
        if (request.Kind != SignalKind.HangUp && (began > now + skew || began < now - skew - TimeSpan.FromSeconds(Limits.SignalSeconds)))
        {
            throw new Refused(
                ErrorCodes.DeadlinePassed, $"A session is agreed on within {Limits.SignalSeconds} seconds: begin another one, and check the clock.");
        }
    }

    public static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such peer.");
}
