using System.Collections.Concurrent;
using P2P.Client.Sdk;
using P2P.Contracts.Deals;

namespace DemoTraders;

/// <summary>One person at work: joins, connects, gets play money, and trades until the demo ends.</summary>
internal sealed class Trader : IAsyncDisposable
{
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(2);

    private readonly DevelopmentTokens _tokens;
    private readonly HttpClient _http;
    private readonly IReadOnlyList<TradedMarket> _markets;
    private readonly Board _board;
    private readonly CancellationToken _stop;
    private readonly OrderDesk _orders;
    private readonly ConcurrentDictionary<string, decimal> _balances = new();
    private IReadOnlyDictionary<string, long> _methods = new Dictionary<string, long>();

    public Trader(
        Person person,
        Uri server,
        DevelopmentTokens tokens,
        HttpClient http,
        IReadOnlyList<TradedMarket> markets,
        Board board,
        CancellationToken stop)
    {
        (Person, _tokens, _http, _markets, _board, _stop) = (person, tokens, http, markets, board, stop);
        Client = new P2PClient(new P2PClientOptions
        {
            ServerUrl = server,
            TokenProvider = _ => new(tokens.Sign(person.Name)),
            BackoffMax = TimeSpan.FromSeconds(3),
        });
        Client.StateChanged += (_, change) => board.State(person.Name, change.State);
        Client.On<BalanceChanged>((_, change, _) =>
        {
            Note(change.Asset, change.Available);
            board.Event();
            return Task.CompletedTask;
        });
        Client.On<P2P.Contracts.Trading.AdChanged>((_, _, _) =>
        {
            board.Event();
            return Task.CompletedTask;
        });
        _orders = new OrderDesk(this, board, stop);
        _orders.Listen(Client);
        new SmallTalk(this, board, stop).Listen(Client);
    }

    public Person Person { get; }

    public string Name => Person.Name;

    public P2PClient Client { get; }

    /// <summary>The user's id; known once connected.</summary>
    public long Id => Client.Me?.Id ?? 0;

    public decimal Available(string asset) => _balances.GetValueOrDefault(asset);

    public long MethodId(string code) => _methods[code];

    public bool HasMethod(long id) => _methods.Values.Contains(id);

    /// <summary>Runs until the demo ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            await EnterAsync();
            while (!await TryAsync(PrepareAsync))
            {
                await Task.Delay(RefusedPause, _stop);
            }

            await Task.WhenAll(
                new Maker(this, _markets, _board, _stop).RunAsync(),
                new Taker(this, _markets, _board, _stop).RunAsync(),
                TopUpAsync(),
                StayAsync());
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    /// <summary>Does something that the server may refuse. The answer is false when it did; the demo goes on.</summary>
    public async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (P2PException e)
        {
            _board.Refused(Name, e);
            return false;
        }
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    /// <summary>Joins and connects; a server that refuses is asked again.</summary>
    private async Task EnterAsync()
    {
        while (true)
        {
            try
            {
                await Joining.JoinAsync(_http, Person, _tokens.Sign(Name), _stop);
                await Client.ConnectAsync(_stop);
                _board.Names(Id, Name);
                return;
            }
            catch (Exception e) when (e is P2PException or HttpRequestException)
            {
                _board.Say($"{Name} cannot connect: {e.Message}");
                await Task.Delay(RefusedPause, _stop);
            }
        }
    }

    /// <summary>Lost connections come back by themselves; after a refusal (new terms, another database) the trader enters again.</summary>
    private async Task StayAsync()
    {
        while (true)
        {
            await Task.Delay(RefusedPause, _stop);
            if (Client.State == P2PClientState.Refused)
            {
                await EnterAsync();
                await TryAsync(PrepareAsync);
            }
        }
    }

    private async Task PrepareAsync()
    {
        var known = await Client.Profiles.ListPaymentMethodsAsync(cancellationToken: _stop);
        var used = known.Where(method => _markets.Any(market => market.Methods.Contains(method.Code))).ToArray();
        var saved = (await Client.Profiles.ListPaymentAccountsAsync(_stop)).Select(account => account.PaymentMethodId).ToHashSet();
        foreach (var method in used.Where(method => !saved.Contains(method.Id)))
        {
            var fields = method.Fields.Where(field => field.Required).ToDictionary(field => field.Key, field => Person.Field(field.Key));
            await Client.Profiles.SavePaymentAccountAsync(method.Id, fields, cancellationToken: _stop);
        }

        _methods = used.ToDictionary(method => method.Code, method => method.Id);
        foreach (var balance in await Client.Wallet.GetBalancesAsync(_stop))
        {
            Note(balance.Asset, balance.Available);
        }

        await _orders.ReloadAsync();
    }

    /// <summary>Whoever has sold out takes play money.</summary>
    private async Task TopUpAsync()
    {
        while (true)
        {
            foreach (var market in _markets)
            {
                var worth = market.Ticket.Max * 6 / market.Reference;
                if (Available(market.Asset) < worth / 3)
                {
                    await TryAsync(async () =>
                    {
                        var amount = decimal.Round(worth * Chance.Between(0.6m, 1.4m), 2);
                        var reply = await Client.Wallet.UseFaucetAsync(market.Asset, amount, _stop);
                        Note(reply.Asset, reply.Available);
                        _board.Say($"{Name} takes {amount} {market.Asset} from the faucet");
                    });
                }
            }

            await Task.Delay(Chance.Seconds(10, 20), _stop);
        }
    }

    private void Note(string asset, decimal available)
    {
        _balances[asset] = available;
        _board.Balance(Name, asset, available);
    }
}
