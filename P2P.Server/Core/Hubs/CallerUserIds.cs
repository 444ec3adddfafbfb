using System.Globalization;
using Microsoft.AspNetCore.SignalR;

namespace P2P.Server.Core.Hubs;

/// <summary>Whom <c>Clients.User</c> means: our own id of the user, never the issuer's.</summary>
internal sealed class CallerUserIds : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) =>
        CallerClaims.CallerOf(connection.User)?.UserId.ToString(CultureInfo.InvariantCulture);
}
