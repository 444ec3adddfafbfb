using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>
/// Users, as staff see them. Calls are repeated until the server has decided; what changes something does so once. Every act stands in the
/// audit log with its reason, and so does every read of private data.
/// </summary>
public sealed class AdminUsersClient
{
    private readonly AdminHubProxy _hub;

    internal AdminUsersClient(AdminHubProxy hub) => _hub = hub;

    /// <inheritdoc cref="IStaffUserCalls.SearchUsers"/>
    public Task<Page<StaffUserRow>> SearchAsync(SearchUsersRequest request, CancellationToken cancellationToken = default) =>
        _hub.SearchUsers(request, cancellationToken);

    /// <inheritdoc cref="IStaffUserCalls.GetUser"/>
    public Task<UserDossier> GetAsync(long userId, CancellationToken cancellationToken = default) =>
        _hub.GetUser(new GetUserRequest { UserId = userId }, cancellationToken);

    /// <summary>Suspends a user, or gives a suspension another reason and end.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="reason">Why; the user reads it.</param>
    /// <param name="until">When it ends by itself; null when staff must lift it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> SuspendAsync(
        long userId, string reason, DateTimeOffset? until, CancellationToken cancellationToken = default) =>
        _hub.SuspendUser(
            new SuspendUserRequest { RequestId = Guid.CreateVersion7(), UserId = userId, Reason = reason, Until = until },
            cancellationToken);

    /// <summary>Ends a user's suspension.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> LiftAsync(long userId, string reason, CancellationToken cancellationToken = default) =>
        _hub.LiftSuspension(Request(userId, reason), cancellationToken);

    /// <summary>Says that the user's identity was checked.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> VerifyAsync(long userId, string reason, CancellationToken cancellationToken = default) =>
        _hub.VerifyUser(Request(userId, reason), cancellationToken);

    /// <summary>Makes the user a merchant.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> SetMerchantAsync(long userId, string reason, CancellationToken cancellationToken = default) =>
        _hub.SetMerchant(Request(userId, reason), cancellationToken);

    /// <summary>Makes the user a merchant no longer.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> RevokeMerchantAsync(long userId, string reason, CancellationToken cancellationToken = default) =>
        _hub.RevokeMerchant(Request(userId, reason), cancellationToken);

    /// <summary>Refuses every token that the user was given until now and closes their connections.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> RevokeTokensAsync(long userId, string reason, CancellationToken cancellationToken = default) =>
        _hub.RevokeTokens(Request(userId, reason), cancellationToken);

    /// <summary>Removes the second factor of a user who has lost app and recovery codes; the user is told of it.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> ResetSecondFactorAsync(long userId, string reason, CancellationToken cancellationToken = default) =>
        _hub.ResetSecondFactor(Request(userId, reason), cancellationToken);

    private static StaffUserRequest Request(long userId, string reason) =>
        new() { RequestId = Guid.CreateVersion7(), UserId = userId, Reason = reason };
}
