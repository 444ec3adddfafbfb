using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Tests.Sdk;

/// <summary>Connecting and calling against a real SignalR peer that refuses, cuts and comes late.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class CallTests
{
    private PeerServer _server = null!; // Set before each test.

    [SetUp]
    public async Task StartServer() => _server = await PeerServer.StartAsync();

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task A_call_is_answered_and_the_token_travels_in_the_header(CancellationToken cancellationToken)
    {
        await using var client = _server.Client();
        await client.ConnectAsync(cancellationToken);
        var orderId = Guid.NewGuid();
        var reply = await client.Orders.CancelAsync(orderId, expectedVersion: 3, cancellationToken);
        reply.OrderId.ShouldBe(orderId);
        reply.Status.ShouldBe(OrderStatus.Cancelled);
        _server.State.Cancels.Single().ExpectedVersion.ShouldBe(3);
        _server.State.Requests.ShouldBe([$"?v={Limits.ContractVersion} Bearer good"]);
        client.State.ShouldBe(P2PClientState.Connected);
        client.ServerClock.Offset.TotalMinutes.ShouldBe(60, tolerance: 0.5);
    }

    [Test]
    public async Task A_decided_refusal_is_told_once_with_code_and_details(CancellationToken cancellationToken)
    {
        await using var client = _server.Client();
        await client.ConnectAsync(cancellationToken);
        Refuse(ErrorCodes.StaleVersion, """{"version":7}""");
        var error = await Should.ThrowAsync<P2PException>(client.Orders.CancelAsync(Guid.NewGuid(), cancellationToken: cancellationToken));
        error.Code.ShouldBe(ErrorCodes.StaleVersion);
        error.Details.GetProperty("version").GetInt32().ShouldBe(7);
        error.IsTransient.ShouldBeFalse();
        _server.State.Cancels.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_transient_refusal_is_repeated_under_the_same_request_id(CancellationToken cancellationToken)
    {
        await using var client = _server.Client();
        await client.ConnectAsync(cancellationToken);
        Refuse(ErrorCodes.Busy, """{"retryAfterMs":100}""");
        Refuse(ErrorCodes.Timeout, "{}");
        var start = TimeProvider.System.GetTimestamp();
        await client.Orders.CancelAsync(Guid.NewGuid(), cancellationToken: cancellationToken);
        TimeProvider.System.GetElapsedTime(start).TotalMilliseconds.ShouldBeGreaterThanOrEqualTo(100);
        _server.State.Cancels.Count.ShouldBe(3);
        _server.State.Cancels.Select(request => request.RequestId).Distinct().Count().ShouldBe(1);
    }

    [Test]
    public async Task A_call_whose_connection_is_cut_is_repeated_under_the_same_request_id(CancellationToken cancellationToken)
    {
        await using var client = _server.Client();
        await client.ConnectAsync(cancellationToken);
        for (var i = 0; i < 2; i++)
        {
            _server.State.NextCancels.Enqueue(connection =>
            {
                connection.Abort();
                Thread.Sleep(50);
            });
        }

        var reply = await client.Orders.CancelAsync(Guid.NewGuid(), cancellationToken: cancellationToken);
        reply.Version.ShouldBe(3);
        _server.State.Cancels.Select(request => request.RequestId).Distinct().Count().ShouldBe(1);
    }

    [Test]
    public async Task The_raw_hub_sends_once_and_tells_of_a_lost_connection(CancellationToken cancellationToken)
    {
        await using var client = _server.Client();
        await client.ConnectAsync(cancellationToken);
        _server.State.NextCancels.Enqueue(connection =>
        {
            connection.Abort();
            Thread.Sleep(50);
        });
        var request = new OrderRequest { RequestId = Guid.CreateVersion7(), OrderId = Guid.NewGuid() };
        var error = await Should.ThrowAsync<P2PException>(client.Hub.CancelOrder(request, cancellationToken));
        error.Code.ShouldBe(ErrorCodes.Unavailable);
        _server.State.Cancels.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_call_gives_up_when_its_time_is_over(CancellationToken cancellationToken)
    {
        await using var client = _server.Client(options => options.CallTimeout = TimeSpan.FromMilliseconds(500));
        await client.ConnectAsync(cancellationToken);
        for (var i = 0; i < 100; i++)
        {
            Refuse(ErrorCodes.Busy, """{"retryAfterMs":50}""");
        }

        var error = await Should.ThrowAsync<P2PException>(client.Orders.CancelAsync(Guid.NewGuid(), cancellationToken: cancellationToken));
        error.Code.ShouldBe(ErrorCodes.Busy);
        error.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(50));
        error.RequestId.ShouldBe(_server.State.Cancels.Last().RequestId);
    }

    [Test]
    public async Task A_call_that_timed_out_names_its_request_id_for_a_repeat(CancellationToken cancellationToken)
    {
        await using var client = _server.Client(options => options.CallTimeout = TimeSpan.FromMilliseconds(300));
        await client.ConnectAsync(cancellationToken);
        _server.State.NextCancels.Enqueue(_ => Thread.Sleep(1_000));
        var error = await Should.ThrowAsync<P2PException>(client.Orders.CancelAsync(Guid.NewGuid(), cancellationToken: cancellationToken));
        error.Code.ShouldBe(ErrorCodes.Timeout);
        error.RequestId.ShouldBe(_server.State.Cancels.ShouldHaveSingleItem().RequestId);
    }

    [TestCase(ErrorCodes.NotJoinedP2P)]
    [TestCase(ErrorCodes.ConsentRequired)]
    [TestCase(ErrorCodes.Suspended)]
    [TestCase(ErrorCodes.ClientTooOld)]
    public async Task A_refused_connection_is_told_and_not_tried_again_until_asked(string code, CancellationToken cancellationToken)
    {
        _server.State.RefuseConnections = code;
        await using var client = _server.Client();
        var error = await Should.ThrowAsync<P2PException>(client.ConnectAsync(cancellationToken));
        error.Code.ShouldBe(code);
        client.State.ShouldBe(P2PClientState.Refused);
        await Task.Delay(200, cancellationToken);
        _server.State.Requests.Count.ShouldBe(1);
        (await Should.ThrowAsync<P2PException>(client.Wallet.GetBalancesAsync(cancellationToken))).Code.ShouldBe(code);

        _server.State.RefuseConnections = null;
        await client.ConnectAsync(cancellationToken);
        client.State.ShouldBe(P2PClientState.Connected);
    }

    [Test]
    public async Task A_refused_token_is_replaced_by_a_new_one(CancellationToken cancellationToken)
    {
        _server.State.RefusedTokens.Add("Bearer old");
        var tokens = new Queue<string>(["old", "new"]);
        await using var client = _server.Client(options => options.TokenProvider = _ => ValueTask.FromResult(tokens.Dequeue()));
        await client.ConnectAsync(cancellationToken);
        _server.State.Requests.Count.ShouldBe(2);
    }

    [Test]
    public async Task Two_refused_tokens_in_a_row_end_the_first_connecting(CancellationToken cancellationToken)
    {
        _server.State.RefusedTokens.Add("Bearer good");
        await using var client = _server.Client();
        (await Should.ThrowAsync<P2PException>(client.ConnectAsync(cancellationToken))).Code.ShouldBe(ErrorCodes.Unauthenticated);
        client.State.ShouldBe(P2PClientState.Refused);
    }

    [Test]
    public async Task The_first_connection_waits_for_a_server_that_comes_late(CancellationToken cancellationToken)
    {
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        await using var client = _server.Client(options => options.ServerUrl = new Uri($"http://127.0.0.1:{port}"));
        var connecting = client.ConnectAsync(cancellationToken);
        await Task.Delay(200, cancellationToken);
        connecting.IsCompleted.ShouldBeFalse();
        await using var late = await PeerServer.StartAsync(port);
        await connecting;
        client.State.ShouldBe(P2PClientState.Connected);
    }

    [Test]
    public async Task One_who_no_longer_waits_to_connect_does_not_stop_the_others(CancellationToken cancellationToken)
    {
        var away = true;
        await using var client = _server.Client(options => options.TokenProvider =
            _ => away ? throw new IOException("The network is down.") : ValueTask.FromResult("good"));
        using var gone = new CancellationTokenSource();
        var leaves = client.ConnectAsync(gone.Token);
        var stays = client.ConnectAsync(cancellationToken);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leaves);
        away = false;
        await stays.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken);
        client.State.ShouldBe(P2PClientState.Connected);
    }

    [Test]
    public async Task When_the_last_one_no_longer_waits_the_attempts_end_and_can_begin_again(CancellationToken cancellationToken)
    {
        var away = true;
        await using var client = _server.Client(options => options.TokenProvider =
            _ => away ? throw new IOException("The network is down.") : ValueTask.FromResult("good"));
        using var gone = new CancellationTokenSource();
        var leaves = client.ConnectAsync(gone.Token);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leaves);
        away = false;
        await client.ConnectAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(10), cancellationToken);
        client.State.ShouldBe(P2PClientState.Connected);
    }

    [Test]
    public async Task A_call_made_while_the_connection_is_away_waits_for_it(CancellationToken cancellationToken)
    {
        var away = false;
        await using var client = _server.Client(options => options.TokenProvider =
            _ => away ? throw new IOException("The network is down.") : ValueTask.FromResult("good"));
        await client.ConnectAsync(cancellationToken);
        away = true;
        _server.CutAll();
        await Eventually.Holds(() => client.State == P2PClientState.Reconnecting, "reconnecting");
        var call = client.Orders.CancelAsync(Guid.NewGuid(), cancellationToken: cancellationToken);
        await Task.Delay(200, cancellationToken);
        call.IsCompleted.ShouldBeFalse();
        away = false;
        await call;
    }

    [Test]
    public async Task Several_accounts_live_in_one_process(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        foreach (var user in new[] { "alice", "bob" })
        {
            services.AddKeyedP2PClient(user, (options, _) =>
            {
                options.ServerUrl = _server.Url;
                options.TokenProvider = _ => ValueTask.FromResult(user);
            });
        }

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredKeyedService<P2PClient>("alice").ConnectAsync(cancellationToken);
        await provider.GetRequiredKeyedService<P2PClient>("bob").ConnectAsync(cancellationToken);
        _server.State.Requests.Order().ShouldBe(["?v=1 Bearer alice", "?v=1 Bearer bob"]);
    }

    private void Refuse(string code, string details) =>
        _server.State.NextCancels.Enqueue(_ => throw new HubException(RefusalText.Write(code, "No.", details)));
}
