using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Ledger;

/// <summary>A user's balances: reads them, gives play money, asks for withdrawals.</summary>
public sealed class WalletFlow
{
    private readonly Database _database;
    private readonly OrderEngine _engine;
    private readonly RequestLog _requests;
    private readonly ServerMode _mode;
    private readonly SecondFactorGate _gate;
    private readonly ReadCoalescer<long, IReadOnlyList<Balance>> _balances;

    public WalletFlow(Database database, OrderEngine engine, RequestLog requests, ServerMode mode, SecondFactorGate gate)
    {
        (_database, _engine, _requests, _mode, _gate) = (database, engine, requests, mode, gate);
        _balances = new(ReadBalances);
    }

    public async Task<IReadOnlyList<Balance>> Balances(Caller caller, CancellationToken cancellation) =>
        await _balances.Get(caller.UserId).WaitAsync(cancellation) ?? [];

    public async Task<Page<LedgerEntryView>> Entries(Caller caller, ListLedgerEntriesRequest request, CancellationToken cancellation)
    {
        WalletRules.CheckCode(request.Asset);
        var limit = ListPage.Size(request.Limit);
        var before = WalletRules.EntriesBefore(request.Cursor, request.Asset);
        var account = AccountIds.Available(caller.UserId, request.Asset);
        var rows = await _database.Read(
            async tx => await WalletSql.Asset(tx, request.Asset) is null
                ? throw new Refused(WalletRules.UnknownAsset(request.Asset))
                : (await WalletSql.Entries(tx, account, before, limit + 1)).ToList(),
            cancellation);
        return new Page<LedgerEntryView>
        {
            Items = [.. rows.Take(limit).Select(row => View(row, request.Asset))],
            NextCursor = rows.Count > limit ? WalletRules.EntryCursor(request.Asset, rows[limit - 1].Seq) : null,
        };
    }

    public async Task<WalletReply> UseFaucet(Caller caller, UseFaucetRequest request, CancellationToken cancellation)
    {
        WalletRules.CheckCode(request.Asset);
        WalletRules.CheckAmount(request.Amount);
        if (!_mode.ShortcutsOn)
        {
            throw new Refused(ErrorCodes.NotInProduction, "This server gives no play money.");
        }

        const string Call = nameof(IWalletCalls.UseFaucet);
        var asset = await AssetOf(request.Asset, cancellation);
        if (asset is null || WalletRules.FaucetRefusal(request.Amount, asset) is not null)
        {
            var reason = asset is null ? WalletRules.UnknownAsset(request.Asset) : WalletRules.FaucetRefusal(request.Amount, asset);
            return await Refuse(caller, Call, request, reason!, cancellation); // One of both is there, by the condition above.
        }

        WalletRules.CheckScale(request.Amount, asset);
        return await Run(
            new Deposit
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(Call, request),
                ExternalReference = string.Create(CultureInfo.InvariantCulture, $"faucet:{caller.UserId}:{request.RequestId}"),
                SubjectId = caller.UserId,
                Asset = request.Asset,
                Amount = request.Amount,
            },
            cancellation);
    }

    public async Task<WalletReply> Withdraw(Caller caller, RequestWithdrawalRequest wish, CancellationToken cancellation)
    {
        WalletRules.CheckCode(wish.Asset);
        WalletRules.CheckAmount(wish.Amount);
        var destination = WalletRules.Destination(CleanText.Line(wish.Destination));
        await _gate.Ensure(caller, wish, cancellation);
        var request = wish with { SecondFactorCode = null };
        const string Call = nameof(IWalletCalls.RequestWithdrawal);
        if (await AssetOf(request.Asset, cancellation) is not { } asset)
        {
            return await Refuse(caller, Call, request, WalletRules.UnknownAsset(request.Asset), cancellation);
        }

        WalletRules.CheckScale(request.Amount, asset);
        return await Run(
            new RequestWithdrawal
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(Call, request),
                WithdrawalId = Ids.New(),
                Asset = request.Asset,
                Amount = request.Amount,
                Destination = destination,
            },
            cancellation);
    }

    public async Task<Page<WithdrawalView>> Withdrawals(Caller caller, ListWithdrawalsRequest request, CancellationToken cancellation)
    {
        var limit = ListPage.Size(request.Limit);
        var before = WalletRules.WithdrawalsBefore(request.Cursor);
        var rows = (await _database.Read(tx => WalletSql.OfUser(tx, caller.UserId, before, limit + 1), cancellation)).ToList();
        return new Page<WithdrawalView>
        {
            Items = [.. rows.Take(limit).Select(View)],
            NextCursor = rows.Count > limit ? WalletRules.WithdrawalCursor(rows[limit - 1].Id) : null,
        };
    }

    private async Task<IReadOnlyDictionary<long, IReadOnlyList<Balance>>> ReadBalances(IReadOnlyList<long> userIds)
    {
        var rows = await _database.Read(tx => WalletSql.Balances(tx, userIds));
        return rows.GroupBy(row => row.UserId).ToDictionary(
            group => group.Key,
            IReadOnlyList<Balance> (group) =>
            [
                .. group.Select(row => new Balance
                {
                    Asset = row.Asset, Available = row.Available, InEscrow = row.InEscrow, InWithdrawal = row.InWithdrawal,
                }),
            ]);
    }

    private Task<AssetRow?> AssetOf(string code, CancellationToken cancellation) =>
        _database.Read(tx => WalletSql.Asset(tx, code), cancellation);

    /// <summary>A no that the engine need not decide is remembered like any other; a repeat of what was done before gets its first
    /// answer.</summary>
    private Task<WalletReply> Refuse(Caller caller, string call, IChange request, Reason reason, CancellationToken cancellation) =>
        _requests.Once<WalletReply>(caller, call, request, _ => throw new Refused(reason), cancellation);

    private async Task<WalletReply> Run(EngineCommand command, CancellationToken cancellation) =>
        JsonSerializer.Deserialize<WalletReply>(await _engine.Run(command, cancellation), WireJson.Server)
        ?? throw new InvalidOperationException("The engine's reply is null.");

    private static LedgerEntryView View(EntryRow row, string asset) => new()
    {
        Seq = row.Seq,
        TransferId = row.TransferId,
        Kind = row.Kind,
        OrderId = row.OrderId,
        Asset = asset,
        Amount = row.Amount,
        At = row.At,
        Hash = Convert.ToHexStringLower(row.Hash),
    };

    private static WithdrawalView View(ListedWithdrawal row) => new()
    {
        Id = row.Id,
        Asset = row.Asset,
        Amount = row.Amount,
        Destination = row.Destination,
        Status = row.Status,
        ExternalReference = row.ExternalRef,
        CreatedAt = row.CreatedAt,
    };
}
