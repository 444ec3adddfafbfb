using P2P.Tests.Shape;
using P2P.Tests.Support;

namespace P2P.Tests.Samples;

/// <summary>The samples as their users start them: against a development server, beside each other.</summary>
public sealed class SampleTests
{
    private TestFolder _folder = null!; // Set before every test.

    [SetUp]
    public void Make_a_folder() => _folder = new TestFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void A_newcomers_order_is_released_by_the_demo_and_seen_by_every_sample()
    {
        using var server = ServerProcess.Start(_folder.Path, ["dev", "--port", "0"]);
        var url = server.WaitForLine("P2P is ready at ").Split(' ')[4];
        var alice = TokenIn(server.WaitForLine("  alice "));
        using var traders = Start("DemoTraders", ["--traders", "4", "--seconds", "300"], ("P2P_URL", url), ("P2P_DATA", _folder[".p2p"]));
        traders.WaitForLine(" puts up an ad");
        using var watch = Start("WatchOrders", [], ("P2P_URL", url), ("P2P_TOKEN", alice));
        using var integrator = Start("Integrator", [_folder["books"]], ("P2P_URL", url), ("P2P_TOKEN", alice));
        watch.WaitForLine("-- Connected");
        integrator.WaitForLine("connected as alice");

        using var place = Start("PlaceOrder", [url, alice]);
        place.WaitForLine("Place by the Buyer: AwaitingPayment");
        place.WaitForLine("ConfirmPayment by the Buyer: PaymentConfirmed");
        place.WaitForLine("Release by the Seller: Released");
        place.WaitForExit().ShouldBe(0);

        watch.WaitForLine(": Released (release by the seller)");
        integrator.WaitForLine("booked ");
        foreach (var sample in new[] { watch, integrator, traders })
        {
            sample.Interrupt();
            sample.WaitForExit().ShouldBe(0);
            sample.Errors.ShouldBeEmpty();
        }

        File.ReadAllLines(Path.Combine(_folder["books"], "journal.csv")).ShouldHaveSingleItem();
        server.Terminate();
        server.WaitForExit().ShouldBe(0);
    }

    [TestCase("--traders 1", "--traders takes a number from 2")]
    [TestCase("--nonsense", "--nonsense is unknown")]
    [TestCase("", "auth.key is missing")]
    public void The_demo_says_in_one_sentence_what_is_wrong(string arguments, string sentence)
    {
        using var traders = Start("DemoTraders", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        traders.WaitForExit().ShouldBe(2);
        traders.Errors.ShouldHaveSingleItem().ShouldContain(sentence);
    }

    private ServerProcess Start(string sample, string[] arguments, params (string Name, string Value)[] environment)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Release";
        var assembly = Path.Combine(Sources.Root, "samples", sample, "bin", configuration, "net10.0", $"{sample}.dll");
        return ServerProcess.StartProgram(assembly, _folder.Path, arguments, environment);
    }

    private static string TokenIn(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
}
