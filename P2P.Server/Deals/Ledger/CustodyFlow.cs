using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Deals.Ledger;

/// <summary>
/// What the operator's wallet service does: sends what waits, and credits what came in. Its own reference is the id of each act, so that a
/// repeat changes nothing and gets the same answer, for ever.
/// </summary>
public sealed class CustodyFlow(Database database, OrderEngine engine)
{
    private const int SubjectCharsMax = 200;

    public async Task<CustodyWithdrawals> Waiting(Guid? after, int? limit, CancellationToken cancellation)
    {
        var rowsMax = ListPage.Size(limit);
        var rows = (await database.Read(tx => WalletSql.Waiting(tx, after, rowsMax + 1), cancellation)).ToList();
        return new CustodyWithdrawals
        {
            Withdrawals = [.. rows.Take(rowsMax).Select(View)],
            Next = rows.Count > rowsMax ? rows[rowsMax - 1].Id : null,
        };
    }

    /// <summary>Ends a withdrawal: sent, or given back.</summary>
    public async Task<CustodyWithdrawal> End(Guid id, bool settled, EndWithdrawalBody body, CancellationToken cancellation)
    {
        var reference = Reference(body.ExternalRef);
        var row = await database.Read(tx => WalletSql.Withdrawal(tx, id), cancellation)
            ?? throw new Refused(ErrorCodes.NotFound, "There is no such withdrawal.");
        await Run(
            new EndWithdrawal
            {
                UserId = Caller.System.UserId,
                RequestId = Ids.Named($"custody|withdrawal|{reference}"),
                BodyHash = RequestHash.Of("custody.end", new { id, settled }),
                WithdrawalId = id,
                SubjectId = row.UserId,
                Asset = row.Asset,
                Settled = settled,
                ExternalReference = reference,
            },
            cancellation);
        return View(row with { Status = settled ? WithdrawalStatus.Settled : WithdrawalStatus.Returned, ExternalRef = reference });
    }

    /// <summary>Credits a user, once for each reference.</summary>
    public async Task<CustodyDeposit> Deposit(DepositBody body, CancellationToken cancellation)
    {
        var reference = Reference(body.ExternalRef);
        if (!WireJson.TryReadAmount(body.Amount, out var amount))
        {
            throw WalletRules.Bad("An amount is a text of digits, such as \"0.5\".", "amount");
        }

        WalletRules.CheckAmount(amount);
        var (user, asset) = await Subject(body, cancellation);
        WalletRules.CheckScale(amount, asset);
        if (!asset.TakesDeposits && !await database.Read(tx => WalletSql.IsCredited(tx, reference), cancellation))
        {
            // What was credited before keeps its answer.
            throw new Refused(WalletRules.DepositsClosed(asset.Code));
        }

        await Run(
            new Deposit
            {
                UserId = Caller.System.UserId,
                RequestId = Ids.Named($"custody|deposit|{reference}"),
                BodyHash = RequestHash.Of("custody.deposit", new { user, asset = asset.Code, amount }),
                ExternalReference = reference,
                SubjectId = user,
                Asset = asset.Code,
                Amount = amount,
            },
            cancellation);
        return new CustodyDeposit { ExternalRef = reference, UserId = user, Asset = asset.Code, Amount = WireJson.Spell(amount) };
    }

    private async Task<(long User, AssetRow Asset)> Subject(DepositBody body, CancellationToken cancellation)
    {
        WalletRules.CheckCode(body.Asset);
        long? id = null;
        string? sub = null;
        if (body.UserId is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var known))
        {
            id = known;
        }
        else if (body.UserId is { ValueKind: JsonValueKind.String } text
            && text.GetString() is { Length: > 0 and <= SubjectCharsMax } given)
        {
            sub = given;
        }
        else
        {
            throw WalletRules.Bad("user_id is a profile's id as a number, or a token's subject as a text.", "user_id");
        }

        return await database.Read(
            async tx =>
            {
                var asset = await WalletSql.Asset(tx, body.Asset) ?? throw new Refused(WalletRules.UnknownAsset(body.Asset));
                var user = await WalletSql.FindUser(tx, id, sub) ?? throw new Refused(ErrorCodes.NotFound, "There is no such user.");
                return (user, asset);
            },
            cancellation);
    }

    /// <summary>The engine's request id is made of the reference, so a request id used again is a reference used again.</summary>
    private async Task Run(EngineCommand command, CancellationToken cancellation)
    {
        try
        {
            await engine.Run(command, cancellation);
        }
        catch (Refused refused) when (refused.Code == ErrorCodes.RequestIdReused)
        {
            throw new Refused(ErrorCodes.ExternalReferenceReused, "This reference was used before with another body.");
        }
    }

    /// <summary>Taken as it is or not at all: a reference that was cleaned would no longer be the wallet service's.</summary>
    private static string Reference(string reference) =>
        reference.Length is > 0 and <= Limits.ExternalReferenceCharsMax && CleanText.Line(reference) == reference
            ? reference
            : throw WalletRules.Bad(
                string.Create(CultureInfo.InvariantCulture, $"A reference has 1 to {Limits.ExternalReferenceCharsMax} plain characters."),
                "external_ref");

    private static CustodyWithdrawal View(ListedWithdrawal row) => new()
    {
        Id = row.Id,
        UserId = row.UserId,
        Asset = row.Asset,
        Amount = WireJson.Spell(row.Amount),
        Destination = row.Destination,
        Status = JsonNamingPolicy.CamelCase.ConvertName(row.Status.ToString()),
        ExternalRef = row.ExternalRef,
        CreatedAt = row.CreatedAt,
    };
}
