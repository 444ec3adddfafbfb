using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Rest;

/// <summary>The gate of the hubs before a REST path.</summary>
public static class CallerAdmission
{
    /// <summary>Who asks; whoever may connect to a hub may ask.</summary>
    /// <exception cref="Refused">NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED.</exception>
    public static async Task<Caller> Admitted(this AccountGate gate, HttpContext context)
    {
        var caller = context.User.Caller();
        return (await gate.Admit(caller, context.RequestAborted)).Refusal is { } reason ? throw new Refused(reason) : caller;
    }
}
