using System.Globalization;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Suspensions;

/// <summary>What a suspended user can still read and say.</summary>
public sealed class SuspensionFlow(Database database, ListOwnOpenOrders ownOpenOrders, ConfirmOwnPayment confirmOwnPayment)
{
    private const int StatementsMax = 20;

    /// <summary>The suspension that holds; null when none does.</summary>
    public Task<Suspension?> Live(Caller caller, CancellationToken cancellation) =>
        database.Read(tx => SuspensionSql.Live(tx, caller.UserId), cancellation);

    public Task<IReadOnlyList<OwnOpenOrder>> OpenOrders(Caller caller, CancellationToken cancellation) =>
        ownOpenOrders(caller, cancellation);

    /// <summary>
    /// Keeps what the caller says of an own order, and confirms its payment when a reference is given. The statement is kept first: it is
    /// worth
    /// something even when the payment can no longer be confirmed. The same words are kept once, so a repeat is harmless.
    /// </summary>
    public async Task State(Caller caller, Guid orderId, string text, string? paymentReference, CancellationToken cancellation)
    {
        var statement = Text(text, Limits.StatementCharsMax, "text", CleanText.Block);
        var reference = paymentReference is null
            ? null
            : Text(paymentReference, Limits.PaymentReferenceCharsMax, "payment_reference", CleanText.Line);
        await database.Write(tx => Keep(tx, caller, orderId, statement), cancellation);
        if (reference is not null)
        {
            await confirmOwnPayment(caller, orderId, reference, cancellation);
        }
    }

    private static async Task Keep(Tx tx, Caller caller, Guid orderId, string statement)
    {
        if (!await SuspensionSql.IsParty(tx, orderId, caller.UserId))
        {
            throw new Refused(ErrorCodes.NotFound, "There is no such order");
        }

        if (await SuspensionSql.HasSaid(tx, orderId, caller.UserId, statement))
        {
            return;
        }

        if (await SuspensionSql.CountStatements(tx, orderId, caller.UserId) >= StatementsMax)
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"An order takes at most {StatementsMax} statements of a party",
                ("quota", "statements"),
                ("limit", StatementsMax.ToString(CultureInfo.InvariantCulture)));
        }

        await SuspensionSql.InsertStatement(tx, Ids.New(), orderId, caller.UserId, statement, await RequestSql.Now(tx));
    }

    private static string Text(string text, int charsMax, string path, Func<string?, string?> clean) =>
        clean(text) is { } cleaned && cleaned.Length <= charsMax
            ? cleaned
            : throw new Refused(ErrorCodes.BadInput, $"The {path.Replace('_', ' ')} has 1 to {charsMax} characters", ("path", path));
}
