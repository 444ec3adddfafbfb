using System.Net;
using System.Net.Sockets;
using P2P.Client.Sdk;
using P2P.Tests.Shape;
using P2P.Tests.Support;
using P2P.Tests.Web;

namespace P2P.Tests.Samples;

/// <summary>The sample for whoever has the stock SignalR client and nothing else.</summary>
public sealed class PlainJavaScriptTests
{
    private const string Sample = "place-order.js";

    private TestFolder _folder = null!; // Set before every test.

    [SetUp]
    public void Make_a_folder() => _folder = new TestFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void It_has_at_most_forty_lines() => File.ReadAllLines(Source).Length.ShouldBeLessThanOrEqualTo(40);

    [Test]
    public async Task An_order_is_placed_acknowledged_and_followed_over_a_restart_of_the_server()
    {
        // Beside the packages of the client, which are those of the sample.
        File.Copy(Source, _folder[Sample]);
        File.WriteAllText(_folder["package.json"], """{ "type": "module" }""");
        File.CreateSymbolicLink(_folder["node_modules"], Path.Combine(VitestRun.Folder, "node_modules"));
        var port = FreePort();
        string url, alice, merchant;
        ServerProcess sample;
        Guid order;
        using (var server = ServerProcess.Start(_folder.Path, ["dev", "--port", $"{port}"]))
        {
            url = server.WaitForLine("P2P is ready at ").Split(' ')[4];
            alice = TokenIn(server.WaitForLine("  alice "));
            merchant = TokenIn(server.WaitForLine("  merchant "));
            sample = ServerProcess.StartAny("node", _folder.Path, [Sample, url, alice]);
            sample.WaitForLine("connected");
            sample.WaitForLine("place by the buyer: awaitingPayment");
            await using var buyer = await Connected(url, alice);
            order = (await buyer.Orders.ListAsync(open: true, cancellationToken: TestMarket.Bounded())).Items[0].State.Id;
            server.Terminate();
            server.WaitForExit().ShouldBe(0);
        }

        using (sample)
        using (var server = ServerProcess.Start(_folder.Path, ["dev", "--port", $"{port}"]))
        {
            server.WaitForLine("P2P is ready at ");
            await using var buyer = await Connected(url, alice);
            await using var seller = await Connected(url, merchant);
            await buyer.Orders.ConfirmPaymentAsync(order, cancellationToken: TestMarket.Bounded());
            sample.WaitForLine("connected");
            sample.WaitForLine("confirmPayment by the buyer: paymentConfirmed");
            await seller.Orders.ReleaseAsync(order, cancellationToken: TestMarket.Bounded());
            sample.WaitForLine("release by the seller: released");
            sample.WaitForExit().ShouldBe(0);
            sample.Errors.ShouldBeEmpty();
            server.Terminate();
            server.WaitForExit().ShouldBe(0);
        }
    }

    private static string Source => Path.Combine(Sources.Root, "samples", "PlainJavaScript", Sample);

    private static async Task<P2PClient> Connected(string url, string token)
    {
        var client = new P2PClient(new P2PClientOptions { ServerUrl = new Uri(url), TokenProvider = _ => ValueTask.FromResult(token) });
        await client.ConnectAsync(TestMarket.Bounded());
        return client;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string TokenIn(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
}
