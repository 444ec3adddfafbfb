using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk.Connecting;

/// <summary>
/// Asks the program for a code when a call needs one, and repeats the call with it under the same request id. Asks again after a wrong code,
/// three times in all.
/// </summary>
internal sealed class SecondFactorInvoker(IHubInvoker inner, Func<SecondFactorPrompt, CancellationToken, ValueTask<string?>>? provider) : IHubInvoker
{
    private const int AttemptsMax = 3;

    /// <inheritdoc/>
    public Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken) =>
        provider is null || arguments is not [IGuardedChange request]
            ? inner.InvokeAsync<T>(method, arguments, cancellationToken)
            : AskAsync<T>(method, request, provider, cancellationToken);

    /// <inheritdoc/>
    public Task InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        inner.InvokeAsync(method, arguments, cancellationToken);

    /// <inheritdoc/>
    public Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        inner.SendAsync(method, arguments, cancellationToken);

    private async Task<T> AskAsync<T>(
        string method,
        IGuardedChange request,
        Func<SecondFactorPrompt, CancellationToken, ValueTask<string?>> ask,
        CancellationToken cancellationToken)
    {
        var sent = request;
        for (var attempt = 1; ; attempt++)
        {
            P2PException refusal;
            try
            {
                return await inner.InvokeAsync<T>(method, [sent], cancellationToken).ConfigureAwait(false);
            }
            catch (P2PException e) when (attempt <= AttemptsMax && IsAnswered(e, isFirst: attempt == 1))
            {
                refusal = e;
            }

            var prompt = new SecondFactorPrompt
            {
                Call = method,
                Request = WithCode(request, null),
                Attempt = attempt,
                Because = refusal,
            };
            var code = await ask(prompt, cancellationToken).ConfigureAwait(false);
            if (code is null)
            {
                throw refusal;
            }

            sent = WithCode(request, code);
        }
    }

    /// <summary>A wrong code of the program's own is the program's affair; a wrong one of the provider's is asked for again.</summary>
    private static bool IsAnswered(P2PException e, bool isFirst) =>
        e.Code == ErrorCodes.SecondFactorRequired || (!isFirst && e.Code == ErrorCodes.SecondFactorWrong);

    internal static IGuardedChange WithCode(IGuardedChange request, string? code) => request switch
    {
        OrderRequest order => order with { SecondFactorCode = code },
        GoodsOrderRequest order => order with { SecondFactorCode = code },
        PayGoodsOrderRequest payment => payment with { SecondFactorCode = code },
        RequestWithdrawalRequest withdrawal => withdrawal with { SecondFactorCode = code },
        SavePaymentAccountRequest account => account with { SecondFactorCode = code },
        RenewRecoveryCodesRequest renewal => renewal with { SecondFactorCode = code },
        RemoveSecondFactorRequest removal => removal with { SecondFactorCode = code },
        _ => throw new NotSupportedException($"{request.GetType().Name} is not known to carry a code."),
    };
}
