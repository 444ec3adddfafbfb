using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>
/// Who becomes a merchant and who stays one, as staff see it. Calls are repeated until the server has decided; what changes something does so
/// once. Every act stands in the audit log with its reason.
/// </summary>
public sealed class AdminMerchantsClient
{
    private readonly AdminHubProxy _hub;

    internal AdminMerchantsClient(AdminHubProxy hub) => _hub = hub;

    /// <summary>Applications, oldest first; the read itself stands in the audit log.</summary>
    /// <param name="status">Where they stand; those that are open when left out.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<StaffMerchantApplication>> ListApplicationsAsync(
        MerchantApplicationStatus? status = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListMerchantApplications(
            new ListMerchantApplicationsRequest { Status = status, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Makes the applicant a merchant.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="reason">Why; the applicant reads it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<MerchantDecisionReply> ApproveAsync(Guid applicationId, string reason, CancellationToken cancellationToken = default) =>
        Decide(applicationId, true, reason, cancellationToken);

    /// <summary>Declines an application.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="reason">Why; the applicant reads it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<MerchantDecisionReply> DeclineAsync(Guid applicationId, string reason, CancellationToken cancellationToken = default) =>
        Decide(applicationId, false, reason, cancellationToken);

    /// <summary>Merchants who no longer meet the requirements, longest first.</summary>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<MerchantReview>> ListReviewsAsync(
        int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListMerchantReviews(new ListMerchantReviewsRequest { Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Lets a merchant stay one although requirements are not met, for 30 days.</summary>
    /// <param name="userId">The merchant.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> KeepAsync(long userId, string reason, CancellationToken cancellationToken = default) =>
        _hub.KeepMerchant(
            new StaffUserRequest { RequestId = Guid.CreateVersion7(), UserId = userId, Reason = reason }, cancellationToken);

    private Task<MerchantDecisionReply> Decide(Guid applicationId, bool approve, string reason, CancellationToken cancellationToken) =>
        _hub.DecideMerchantApplication(
            new DecideMerchantApplicationRequest
            {
                RequestId = Guid.CreateVersion7(),
                ApplicationId = applicationId,
                Approve = approve,
                Reason = reason,
            },
            cancellationToken);
}
