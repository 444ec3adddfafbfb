using P2P.Client.Sdk.Connecting;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>What the server knows of the user: to be taken along, and to be deleted. These are HTTP calls, each sent once.</summary>
public sealed class PrivacyClient
{
    private const string DeletionPath = "api/p2p/privacy/delete";
    private readonly RestCaller _rest;

    internal PrivacyClient(RestCaller rest) => _rest = rest;

    /// <summary>All that is known of the user, as one JSON document: a part for each kind of thing, and what is left out and why.</summary>
    /// <param name="cancellationToken">Ends the wait for the answer's head.</param>
    /// <returns>Its content; dispose it.</returns>
    /// <exception cref="P2PException">RATE_LIMITED (three a day unless configured), BUSY, TIMEOUT, UNAVAILABLE.</exception>
    public async Task<DownloadedFile> ExportAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/p2p/privacy/export");
        var response = await _rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new DownloadedFile(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false))
        {
            ContentType = response.Content.Headers.ContentType?.MediaType ?? "application/json",
            Bytes = response.Content.Headers.ContentLength,
            Name = "p2p-export.json",
        };
    }

    /// <summary>How the deletion stands, and what is in its way.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<DeletionStatus> GetDeletionAsync(CancellationToken cancellationToken = default) =>
        CallAsync(HttpMethod.Get, null, cancellationToken);

    /// <summary>
    /// Asks for the account to be deleted after a grace (14 days unless configured), in which it can be called off. Asking again changes
    /// nothing.
    /// </summary>
    /// <param name="secondFactorCode">A code of the user's second factor, where one is set.</param>
    /// <param name="cancellationToken">Ends the wait; whether it was asked for is then unknown.</param>
    /// <exception cref="P2PException">
    /// BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, NOT_JOINED_P2P, SUSPENDED, DELETION_BLOCKED:
    /// <see cref="GetDeletionAsync"/> says by what.
    /// </exception>
    public Task<DeletionStatus> AskForDeletionAsync(string? secondFactorCode = null, CancellationToken cancellationToken = default) =>
        CallAsync(
            HttpMethod.Post,
            secondFactorCode is null ? null : System.Net.Http.Json.JsonContent.Create(new { second_factor_code = secondFactorCode }),
            cancellationToken);

    /// <summary>Calls the deletion off; harmless when none was asked for.</summary>
    /// <param name="cancellationToken">Ends the wait; whether it happened is then unknown.</param>
    public Task<DeletionStatus> CallOffDeletionAsync(CancellationToken cancellationToken = default) =>
        CallAsync(HttpMethod.Delete, null, cancellationToken);

    private async Task<DeletionStatus> CallAsync(HttpMethod method, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, DeletionPath) { Content = body };
        using var response = await _rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await RestCaller.ReadAsync<DeletionStatus>(response, "deletion", cancellationToken).ConfigureAwait(false);
    }
}
