using System.Security.Claims;
using P2P.Server.Core;

namespace P2P.Server.Deals.Chat;

/// <summary>Who reads an order's room or file; whether they may, where they are no party, is for the seams to say.</summary>
/// <param name="Caller">The user.</param>
/// <param name="Principal">What the token says, its roles too.</param>
/// <param name="Ip">From which address, where it is known.</param>
public sealed record OutsideReader(Caller Caller, ClaimsPrincipal? Principal, string? Ip);
