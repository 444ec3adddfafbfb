using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using P2P.Benchmarks.Measuring;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger;
using static P2P.Benchmarks.Orders.TransactionSql;

namespace P2P.Benchmarks.Orders;

/// <summary>
/// C: one transaction a command in .NET as most services have it: rows are locked and read, the rules decide in C#, each row is written by a
/// statement of its own, all prepared, through Dapper. It writes what the others write.
/// </summary>
internal sealed class TransactionTarget : ITarget, ILifecycle
{
    private const int PoolMax = 100;
    private const int ReleaseMinutes = 1_440;

    private static readonly string[] EscrowKind = ["Escrow"];

    private readonly ClosedLoop _loop;
    private readonly NpgsqlDataSource _source;

    public TransactionTarget(string owner, ClosedLoop loop)
    {
        _loop = loop;
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner)
        {
            MaxPoolSize = PoolMax,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
            Timeout = 60,
            Options = PgbenchTarget.SessionOptions,
        });
    }

    public char Letter => 'C';

    public string Name => "transaction a command, .NET";

    public Task<Sample> Run(OrdersLoad load, CancellationToken cancellation) => _loop.Run(this, load, cancellation);

    public async Task<Guid> Place(long buyer, long seller)
    {
        var order = Ids.New();
        await InTransaction(async connection =>
        {
            var request = Ids.New();
            var offer = await LockOffer(connection, Market.AdOf(seller)) ?? throw Refused("NOT_FOUND");
            var standings = await LockStandings(connection, [buyer, offer.OwnerId]);
            var ad = await Ad(connection, offer.Id);
            var account = await PaymentAccount(connection, offer.OwnerId, Market.PaymentMethod) ?? throw Refused("PAYMENT_ACCOUNT_REQUIRED");
            var source = (await LockAccounts(connection, null, offer.OwnerId, offer.Unit)).Values.Single();
            Unless(await Stored(connection, buyer, request) is null, "STORED");
            var at = await Clock(connection);
            var price = ad.PriceFixed;
            var (crypto, fiat) = (Market.Amount, Math.Round(Market.Amount * price, ad.FiatScale, MidpointRounding.ToEven));
            var (taker, maker) = (standings[buyer], standings[offer.OwnerId]);
            Unless(offer.OwnerId != buyer, "OWN_AD");
            Unless(!taker.Suspended && !(taker.CoolingDownUntil > at), "SUSPENDED");
            Unless(offer.Open && ad.ClosedAt is null && !maker.Suspended, "AD_UNAVAILABLE");
            Unless(fiat >= ad.AmountMin && fiat <= ad.AmountMax, "AMOUNT");
            Unless(crypto <= offer.Remaining, "NOT_ENOUGH_REMAINING");
            Unless(ad.PaymentMethodIds.Contains(Market.PaymentMethod), "PAYMENT_METHOD_NOT_ACCEPTED");
            Unless(source.Balance >= crypto, "INSUFFICIENT_BALANCE");

            var deadline = at.AddMinutes(ad.PaymentWindowMinutes);
            var head = LedgerHash.History(
                LedgerHash.Zero, order, 1, null, OrderStatus.AwaitingPayment, OrderAction.Place, Party.Buyer, buyer, at);
            var row = new
            {
                id = order,
                offer = offer.Id,
                buyer,
                seller,
                maker = "Seller",
                asset = offer.Unit,
                held = crypto,
                taken = crypto,
                deadline,
                head,
                at,
                fiat = ad.Fiat,
                fiatAmount = fiat,
                price,
                method = Market.PaymentMethod,
                account,
                window = ad.PaymentWindowMinutes,
                terms = ad.Terms,
                autoReply = ad.AutoReply,
            };
            await InsertOrder(connection, row);
            await InsertCrypto(connection, row);
            await TakeOffer(connection, offer.Id, crypto, at);
            await CountPlaced(connection, buyer, 1, ad.Fiat, fiat, at);
            await Move(connection, TransferKind.Hold, order, offer.Unit, crypto, source, null, at);
            var state = new OrderState
            {
                Id = order,
                Kind = OrderKind.Crypto,
                AdId = offer.Id,
                BuyerId = buyer,
                SellerId = seller,
                Status = OrderStatus.AwaitingPayment,
                Version = 1,
                Asset = offer.Unit,
                CryptoAmount = crypto,
                Fiat = ad.Fiat,
                FiatAmount = fiat,
                Price = price,
                Fee = 0,
                Duty = Duty.BuyerPays,
                Deadline = deadline,
                Overdue = false,
            };
            await Tell(connection, state, buyer, request, OrderAction.Place, null, LedgerHash.Zero, head, (seller, -crypto, source.Balance - crypto), at);
        });
        return order;
    }

    public Task Confirm(long buyer, Guid order) => InTransaction(async connection =>
    {
        var request = Ids.New();
        var (row, crypto) = await Lock(connection, order);
        Unless(await Stored(connection, buyer, request) is null, "STORED");
        var at = await Clock(connection);
        Unless(row.Status == nameof(OrderStatus.AwaitingPayment) && row.BuyerId == buyer && at < row.Deadline, "WRONG_STATUS");
        var (next, head) = Next(row, crypto, OrderStatus.PaymentConfirmed, OrderAction.ConfirmPayment, buyer, at);
        await Save(connection, row, next, head, at);
        await ConfirmCrypto(connection, order, row.Deadline ?? at, at);
        await CountPaid(connection, buyer);
        await Tell(connection, next, buyer, request, OrderAction.ConfirmPayment, row.Status, row.HistoryHead, head, null, at);
    });

    public Task Release(long seller, Guid order) => InTransaction(async connection =>
    {
        var request = Ids.New();
        var (row, crypto) = await Lock(connection, order);
        var accounts = await LockAccounts(connection, order, row.BuyerId, row.Asset);
        var (escrow, target) = (accounts[order], accounts.Values.Single(account => account.Id != order));
        Unless(await Stored(connection, seller, request) is null, "STORED");
        var at = await Clock(connection);
        Unless(row.Status == nameof(OrderStatus.PaymentConfirmed) && row.SellerId == seller, "WRONG_STATUS");
        var (next, head) = Next(row, crypto, OrderStatus.Released, OrderAction.Release, seller, at);
        await Save(connection, row, next, head, at);
        await ReleaseCrypto(connection, order);
        await CountReleased(connection, row.BuyerId, row.SellerId, at);
        await Move(connection, TransferKind.Release, order, row.Asset, row.Held, escrow, target, at);
        await Tell(
            connection, next, seller, request, OrderAction.Release, row.Status, row.HistoryHead, head,
            (row.BuyerId, row.Held, target.Balance + row.Held), at);
    });

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task InTransaction(Func<NpgsqlConnection, Task> command)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await command(connection);
        await transaction.CommitAsync();
    }

    private static async Task<(OrderRow Order, CryptoRow Crypto)> Lock(NpgsqlConnection connection, Guid id)
    {
        var order = await LockOrder(connection, id) ?? throw Refused("NOT_FOUND");
        await LockStandings(connection, [order.BuyerId, order.SellerId]);
        return (order, await Crypto(connection, id));
    }

    private static (OrderState Next, byte[] Head) Next(
        OrderRow row, CryptoRow crypto, OrderStatus to, OrderAction action, long actor, DateTime at)
    {
        var version = row.Version + 1;
        var by = actor == row.BuyerId ? Party.Buyer : Party.Seller;
        var head = LedgerHash.History(row.HistoryHead, row.Id, version, Enum.Parse<OrderStatus>(row.Status), to, action, by, actor, at);
        return (new OrderState
        {
            Id = row.Id,
            Kind = OrderKind.Crypto,
            AdId = row.OfferId,
            BuyerId = row.BuyerId,
            SellerId = row.SellerId,
            Status = to,
            Version = version,
            Asset = row.Asset,
            CryptoAmount = crypto.CryptoAmount,
            Fiat = crypto.Fiat,
            FiatAmount = crypto.FiatAmount,
            Price = crypto.Price,
            Fee = row.Fee,
            Duty = to == OrderStatus.Released ? Duty.None : Duty.SellerReleases,
            Deadline = to == OrderStatus.Released ? null : at.AddMinutes(ReleaseMinutes),
            Overdue = false,
        }, head);
    }

    private static Task Save(NpgsqlConnection connection, OrderRow row, OrderState next, byte[] head, DateTime at) => MoveOrder(
        connection,
        new
        {
            id = row.Id,
            from = row.Status,
            status = $"{next.Status}",
            version = next.Version,
            duty = $"{next.Duty}",
            deadline = next.Deadline?.UtcDateTime,
            head,
            at,
        });

    /// <summary>Two entries; an escrow that is not there is opened.</summary>
    private static Task Move(
        NpgsqlConnection connection, TransferKind kind, Guid order, string asset, decimal amount, AccountRow from, AccountRow? to, DateTime at)
    {
        var transfer = Ids.New();
        var target = to ?? new AccountRow { Id = order, Head = LedgerHash.Zero };
        var isNew = to is null;
        return Post(
            connection,
            new
            {
                newIds = isNew ? new[] { order } : [],
                newKinds = isNew ? EscrowKind : [],
                newUsers = isNew ? new long?[] { null } : [],
                newOrders = isNew ? new[] { order } : [],
                newAssets = isNew ? new[] { asset } : [],
                newSlots = isNew ? new short?[] { null } : [],
                transfers = new[] { transfer },
                transferKinds = new[] { $"{kind}" },
                transferOrders = new[] { order },
                accounts = new[] { from.Id, target.Id },
                seqs = new[] { from.Seq + 1, target.Seq + 1 },
                transferOf = new[] { transfer, transfer },
                assets = new[] { asset, asset },
                amounts = new[] { -amount, amount },
                previous = new[] { from.Head, target.Head },
                hashes = new[]
                {
                    LedgerHash.Entry(from.Head, from.Id, from.Seq + 1, transfer, kind, order, asset, -amount, at),
                    LedgerHash.Entry(target.Head, target.Id, target.Seq + 1, transfer, kind, order, asset, amount, at),
                },
                at,
            });
    }

    /// <summary>History, reply, the room's message and the events.</summary>
    private static async Task Tell(
        NpgsqlConnection connection,
        OrderState state,
        long actor,
        Guid request,
        OrderAction action,
        string? from,
        byte[] previous,
        byte[] head,
        (long User, decimal Amount, decimal Available)? moved,
        DateTime at)
    {
        var by = actor == state.BuyerId ? Party.Buyer : Party.Seller;
        await AppendHistory(
            connection,
            new
            {
                id = state.Id,
                version = state.Version,
                from,
                to = $"{state.Status}",
                action = $"{action}",
                by = $"{by}",
                user = actor,
                previous,
                head,
                at,
            });
        var reply = Json(new OrderReply { OrderId = state.Id, Status = state.Status, Version = state.Version, Deadline = state.Deadline });
        await InsertRequest(connection, actor, request, SHA256.HashData(BitConverter.GetBytes(actor)), reply, at);
        await AppendChat(
            connection,
            state.Id,
            Ids.New(),
            action switch
            {
                OrderAction.Place => "The order was placed and its escrow is held.",
                OrderAction.ConfirmPayment => "The buyer says that the money is sent.",
                _ => "The seller released the escrow to the buyer.",
            },
            $"order.{Json(action).Trim('"')}",
            $$"""{"by":{{Json(by)}},"status":{{Json(state.Status)}},"version":"{{state.Version}}"}""",
            at);
        var body = Json(new OrderChanged { Order = state, Action = action, By = by });
        var (users, audiences) = (new List<long> { state.BuyerId, state.SellerId }, new List<string> { "trade", "trade" });
        var (types, bodies) = (new List<string> { "OrderChanged", "OrderChanged" }, new List<string> { body, body });
        if (moved is { } move)
        {
            users.Insert(0, move.User);
            audiences.Insert(0, "*");
            types.Insert(0, "BalanceChanged");
            bodies.Insert(0, Json(new BalanceChanged
            {
                Asset = state.Asset,
                Kind = action == OrderAction.Place ? TransferKind.Hold : TransferKind.Release,
                Amount = move.Amount,
                Available = move.Available,
                OrderId = state.Id,
            }));
        }

        await AppendEvents(
            connection, [.. users], [.. audiences], [.. users.Select(_ => Guid.NewGuid())], [.. types], [.. bodies], at);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, WireJson.Server);

    private static void Unless(bool holds, string code)
    {
        if (!holds)
        {
            throw Refused(code);
        }
    }

    private static InvalidOperationException Refused(string code) => new($"A command of the benchmark was refused: {code}");
}
