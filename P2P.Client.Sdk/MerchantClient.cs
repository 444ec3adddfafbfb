using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// Becoming a merchant. Calls are repeated until the server has decided or <see cref="P2PClientOptions.CallTimeout"/> is over; what changes
/// something does so once, because every repeat carries the same request id.
/// </summary>
/// <remarks>
/// Whoever wants to repeat a change after <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> uses the overload that
/// takes the request, with <see cref="P2PException.RequestId"/>: a new call under a new id might act twice.
/// </remarks>
public sealed class MerchantClient
{
    private readonly IDealHubProxy _hub;

    internal MerchantClient(IDealHubProxy hub) => _hub = hub;

    /// <inheritdoc cref="IMerchantCalls.GetMerchantStatus"/>
    public Task<MerchantStatus> GetStatusAsync(CancellationToken cancellationToken = default) => _hub.GetMerchantStatus(cancellationToken);

    /// <summary>Asks to be a merchant; staff decide, and <see cref="MerchantApplicationChanged"/> tells when they did.</summary>
    /// <param name="businessName">The name of the business, 1 to 100 characters.</param>
    /// <param name="country">Where it is registered: ISO 3166 code of two letters.</param>
    /// <param name="text">What staff should know, 1 to 2,000 characters.</param>
    /// <param name="registrationNumber">Its number in that country's register.</param>
    /// <param name="website">Its page: an https address.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<MerchantStatus> ApplyAsync(
        string businessName,
        string country,
        string text,
        string? registrationNumber = null,
        string? website = null,
        CancellationToken cancellationToken = default) =>
        ApplyAsync(
            new ApplyForMerchantRequest
            {
                RequestId = Guid.CreateVersion7(),
                BusinessName = businessName,
                Country = country,
                RegistrationNumber = registrationNumber,
                Website = website,
                Text = text,
            },
            cancellationToken);

    /// <inheritdoc cref="IMerchantCalls.ApplyForMerchant"/>
    public Task<MerchantStatus> ApplyAsync(ApplyForMerchantRequest request, CancellationToken cancellationToken = default) =>
        _hub.ApplyForMerchant(request, cancellationToken);

    /// <summary>Takes the open application back.</summary>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<MerchantStatus> WithdrawAsync(CancellationToken cancellationToken = default) =>
        WithdrawAsync(new WithdrawMerchantApplicationRequest { RequestId = Guid.CreateVersion7() }, cancellationToken);

    /// <inheritdoc cref="IMerchantCalls.WithdrawMerchantApplication"/>
    public Task<MerchantStatus> WithdrawAsync(WithdrawMerchantApplicationRequest request, CancellationToken cancellationToken = default) =>
        _hub.WithdrawMerchantApplication(request, cancellationToken);
}
