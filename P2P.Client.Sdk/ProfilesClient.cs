using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// The user's profile, other users, and where the user can be paid. Calls are repeated until the server has decided or
/// <see cref="P2PClientOptions.CallTimeout"/> is over; what changes something does so once, because every repeat carries the same request
/// id.
/// </summary>
/// <remarks>
/// Whoever wants to repeat a change after <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> uses the overload that
/// takes the request, with <see cref="P2PException.RequestId"/>: a new call under a new id might act twice. So that a crash costs nothing
/// either, store the request before it is sent.
/// </remarks>
public sealed class ProfilesClient
{
    private readonly TradeHubProxy _hub;
    private readonly EventReaders _events;

    internal ProfilesClient(TradeHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <summary>One's own profile, with its private part.</summary>
    public Task<ProfileView> GetMineAsync(CancellationToken cancellationToken = default) =>
        _hub.GetProfile(new GetProfileRequest(), cancellationToken);

    /// <summary>The public part of a profile.</summary>
    /// <param name="profileId">Whose.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ProfileView> GetAsync(long profileId, CancellationToken cancellationToken = default) =>
        _hub.GetProfile(new GetProfileRequest { ProfileId = profileId }, cancellationToken);

    /// <summary>A user's record in numbers.</summary>
    /// <param name="profileId">Whose; one's own when left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ProfileStats> GetStatsAsync(long? profileId = null, CancellationToken cancellationToken = default) =>
        _hub.GetProfileStats(new GetProfileRequest { ProfileId = profileId }, cancellationToken);

    /// <inheritdoc cref="IAccountCalls.SearchProfiles"/>
    public Task<ProfilePage> SearchAsync(SearchProfilesRequest request, CancellationToken cancellationToken = default) =>
        _hub.SearchProfiles(request, cancellationToken);

    /// <summary>Changes one's own profile: what is left out stays as it is.</summary>
    /// <param name="username">3 to 30 of A-Z a-z 0-9 _; unique, also among names that look alike.</param>
    /// <param name="phoneNumber"><c>+</c> and 7 to 15 digits.</param>
    /// <param name="email">At most 254 characters.</param>
    /// <param name="profilePictureUrl">An https address.</param>
    /// <param name="preferredCurrency">ISO 4217 code.</param>
    /// <param name="preferredPaymentMethods">Ids of payment methods.</param>
    /// <param name="autoReplyMessage">What a new order's chat begins with when the user is its maker.</param>
    /// <param name="clear">What to empty.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ProfileView> UpdateAsync(
        string? username = null,
        string? phoneNumber = null,
        string? email = null,
        string? profilePictureUrl = null,
        string? preferredCurrency = null,
        IReadOnlyList<long>? preferredPaymentMethods = null,
        string? autoReplyMessage = null,
        IReadOnlyList<ProfileField>? clear = null,
        CancellationToken cancellationToken = default) =>
        UpdateAsync(
            new UpdateProfileRequest
            {
                RequestId = Guid.CreateVersion7(),
                Username = username,
                PhoneNumber = phoneNumber,
                Email = email,
                ProfilePictureUrl = profilePictureUrl,
                PreferredCurrency = preferredCurrency,
                PreferredPaymentMethods = preferredPaymentMethods,
                AutoReplyMessage = autoReplyMessage,
                Clear = clear,
            },
            cancellationToken);

    /// <inheritdoc cref="IAccountCalls.UpdateProfile"/>
    public Task<ProfileView> UpdateAsync(UpdateProfileRequest request, CancellationToken cancellationToken = default) =>
        _hub.UpdateProfile(request, cancellationToken);

    /// <summary>The catalogue of payment methods, by name.</summary>
    /// <param name="country">ISO 3166 code; methods that span several countries are always listed.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<PaymentMethod>> ListPaymentMethodsAsync(
        string? country = null,
        string? currency = null,
        CancellationToken cancellationToken = default) =>
        _hub.ListPaymentMethods(new ListPaymentMethodsRequest { Country = country, Currency = currency }, cancellationToken);

    /// <inheritdoc cref="IAccountCalls.ListPaymentAccounts"/>
    public Task<IReadOnlyList<PaymentAccount>> ListPaymentAccountsAsync(CancellationToken cancellationToken = default) =>
        _hub.ListPaymentAccounts(cancellationToken);

    /// <summary>Saves where one can be paid.</summary>
    /// <param name="paymentMethodId">One of the catalogue.</param>
    /// <param name="fields">The method's fields, by key.</param>
    /// <param name="label">What the owner calls it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<PaymentAccountReply> SavePaymentAccountAsync(
        long paymentMethodId,
        IReadOnlyDictionary<string, string> fields,
        string? label = null,
        CancellationToken cancellationToken = default) =>
        SavePaymentAccountAsync(
            new SavePaymentAccountRequest
            {
                RequestId = Guid.CreateVersion7(),
                PaymentMethodId = paymentMethodId,
                Fields = fields,
                Label = label,
            },
            cancellationToken);

    /// <inheritdoc cref="IAccountCalls.SavePaymentAccount"/>
    public Task<PaymentAccountReply> SavePaymentAccountAsync(
        SavePaymentAccountRequest request,
        CancellationToken cancellationToken = default) =>
        _hub.SavePaymentAccount(request, cancellationToken);

    /// <summary>Deletes one of one's own payment accounts. Live orders that are paid into it keep showing it.</summary>
    /// <param name="paymentAccountId">Which.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<PaymentAccountReply> DeletePaymentAccountAsync(Guid paymentAccountId, CancellationToken cancellationToken = default) =>
        DeletePaymentAccountAsync(
            new DeletePaymentAccountRequest { RequestId = Guid.CreateVersion7(), PaymentAccountId = paymentAccountId },
            cancellationToken);

    /// <inheritdoc cref="IAccountCalls.DeletePaymentAccount"/>
    public Task<PaymentAccountReply> DeletePaymentAccountAsync(
        DeletePaymentAccountRequest request,
        CancellationToken cancellationToken = default) =>
        _hub.DeletePaymentAccount(request, cancellationToken);

    /// <summary>
    /// Each change of the user's own profile, in order. Collects from this call on, also before it is read: call it before
    /// <see cref="P2PClient.ConnectAsync"/> to hear what happened while the program was away. Read it once, and to its end or cancelled: an
    /// event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<ProfileChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<ProfileChanged>(_events, filter: null, cancellationToken);
}
