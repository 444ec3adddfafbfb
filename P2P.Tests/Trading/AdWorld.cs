using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.Contacts;
using P2P.Server.Core;
using P2P.Server.Deals.Offers;
using P2P.Server.Realtime.Push;
using P2P.Server.Realtime.Replica;
using P2P.Server.Realtime.Requests;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.Prices;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>The flows of ads on a database of their own, with traders whose rows are made by the owner's hand.</summary>
public sealed class AdWorld : IAsyncDisposable
{
    public const long Sepa = 1;
    public const long Zelle = 3;
    public const long Ach = 4;

    private readonly TestDatabase _owned;
    private readonly NpgsqlDataSource _owner;
    private int _traders;

    private AdWorld(TestDatabase owned)
    {
        _owned = owned;
        _owner = NpgsqlDataSource.Create(owned.Owner);
        Database = new Database(new DatabaseOptions { App = owned.App });
        Prices = new PriceFlow(Database, new PriceSettings());
        Ads = new AdFlow(Database, new RequestLog(Database, new EventPush(new HubLinks(NullLogger<HubLink>.Instance))), Offers, Limits);
        Books = new AdBooks(Database, Offers, Prices);
        Lists = new AdListFlow(Database, new ReplicaReads(Database, NullLogger<ReplicaReads>.Instance), Prices, Limits, new BlockedUsers(Database));
    }

    public Database Database { get; }

    public OfferChanges Offers { get; } = new();

    public AdLimits Limits { get; } = new();

    public PriceFlow Prices { get; }

    public AdFlow Ads { get; }

    public AdListFlow Lists { get; }

    public AdBooks Books { get; }

    public static async Task<AdWorld> Start() => new(await TestDatabase.Create());

    /// <summary>A trader with a profile, a standing, a stream, accounts of the dollar methods and some BTC.</summary>
    public async Task<Caller> Trader(
        decimal btc = 10,
        bool isVerified = false,
        bool isMerchant = false,
        int completed = 0,
        int cancelled = 0,
        int ageDays = 0,
        params long[] accounts)
    {
        var number = Interlocked.Increment(ref _traders);
        var caller = new Caller(Ids.NewUserId(), $"trader-{number.ToString(CultureInfo.InvariantCulture)}");
        await Sql(
            """
            insert into users (id, sub) values (@UserId, @Sub);
            insert into profiles (user_id, username, username_skeleton, is_verified, is_merchant, joined_at, updated_at, last_active_at)
            values (@UserId, @name, @name, @isVerified, @isMerchant, now() - make_interval(days => @ageDays), now(), now());
            insert into standings (user_id, completed, cancelled) values (@UserId, @completed, @cancelled);
            insert into streams (user_id, audience) values (@UserId, 'trade');
            insert into accounts (id, kind, user_id, asset, balance) values (gen_random_uuid(), 'Available', @UserId, 'BTC', @btc);
            insert into payment_accounts (id, user_id, payment_method_id, fields, created_at)
            select gen_random_uuid(), @UserId, m, '{}', now() from unnest(@methods) m;
            """,
            new
            {
                caller.UserId,
                caller.Sub,
                name = caller.Sub.Replace('-', '_'),
                isVerified,
                isMerchant,
                completed,
                cancelled,
                ageDays,
                btc,
                methods = accounts.Length == 0 ? [Zelle, Ach] : accounts,
            });
        return caller;
    }

    /// <summary>Changes rows as no flow of ads may.</summary>
    public async Task Sql(string sql, object? parameters = null)
    {
        await using var connection = await _owner.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<T?> Scalar<T>(string sql, object? parameters = null)
    {
        await using var connection = await _owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    /// <summary>An ad of 1 BTC at 50,000 dollars.</summary>
    public static CreateAdRequest Request(AdSide side = AdSide.Sell, decimal total = 1, AdTerms? terms = null) => new()
    {
        RequestId = Ids.New(),
        Side = side,
        Asset = "BTC",
        Fiat = "USD",
        Total = total,
        Terms = terms ?? Terms(),
    };

    public static AdTerms Terms(
        decimal price = 50_000, decimal min = 10, decimal max = 1_000, AdVisibility visibility = AdVisibility.Public) => new()
        {
            Price = new AdPrice { Kind = PriceKind.Fixed, Fixed = price },
            AmountMin = min,
            AmountMax = max,
            PaymentMethodIds = [Zelle],
            PaymentWindowMinutes = 30,
            Visibility = visibility,
        };

    public static AdPrice Floating(decimal percent, decimal? floor = null, decimal? ceiling = null) =>
        new() { Kind = PriceKind.Floating, Percent = percent, Floor = floor, Ceiling = ceiling };

    public static AdRequest On(Guid adId, int? expectedVersion = null) =>
        new() { RequestId = Ids.New(), AdId = adId, ExpectedVersion = expectedVersion };

    public async Task<Guid> Ad(Caller maker, AdSide side = AdSide.Sell, AdTerms? terms = null, decimal total = 1) =>
        (await Ads.Create(maker, Request(side, total, terms), default)).AdId;

    public async ValueTask DisposeAsync()
    {
        Books.Dispose();
        await Database.DisposeAsync();
        await _owner.DisposeAsync();
        await _owned.DisposeAsync();
    }
}
