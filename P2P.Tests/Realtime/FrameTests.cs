using System.Text.Json;
using P2P.Contracts;
using P2P.Tests.Realtime.Support;

namespace P2P.Tests.Realtime;

/// <summary>Whatever a client sends is refused or closed as documented; never a fault, never a stuck connection. (S43)</summary>
[NonParallelizable]
public sealed class FrameTests
{
    private RealtimeServer _server = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start() => _server = await RealtimeServer.Start();

    [OneTimeTearDown]
    public async Task Stop()
    {
        var errors = _server.Errors.Lines;
        await _server.DisposeAsync();
        errors.ShouldBeEmpty();
    }

    [TestCase("Ask", """[{"text":"a","extra":1}]""", ErrorCodes.BadInput, "extra")]
    [TestCase("Ask", """[{"text":1}]""", ErrorCodes.BadInput, "text")]
    [TestCase("Ask", """[{"text":"a","amount":1.5}]""", ErrorCodes.BadInput, "amount")]
    [TestCase("Ask", """[{"text":"a","text":"b"}]""", ErrorCodes.BadInput, null)]
    [TestCase("Ask", """[{"text":null}]""", ErrorCodes.BadInput, null)]
    [TestCase("Ask", """[{}]""", ErrorCodes.BadInput, null)]
    [TestCase("Ask", """["a"]""", ErrorCodes.BadInput, null)]
    [TestCase("Ask", """[]""", ErrorCodes.BadInput, null)]
    [TestCase("Ask", """[{"text":"a"},2]""", ErrorCodes.BadInput, null)]
    [TestCase("Ask", """[null]""", ErrorCodes.BadInput, "question")]
    [TestCase("Ask", """{"text":"a"}""", ErrorCodes.BadInput, null)]
    [TestCase("Ask", """null""", ErrorCodes.BadInput, null)]
    [TestCase("Ask", """[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]""", ErrorCodes.BadInput, null)]
    [TestCase("Note", """[{"requestId":"x","text":"a"}]""", ErrorCodes.BadInput, "requestId")]
    [TestCase("Nothing", """[]""", ErrorCodes.UnknownMethod, null)]
    [TestCase("OnConnectedAsync", """[]""", ErrorCodes.UnknownMethod, null)]
    [TestCase("Dispose", """[]""", ErrorCodes.UnknownMethod, null)]
    [TestCase("", """[]""", ErrorCodes.UnknownMethod, null)]
    public async Task A_wrong_call_is_refused_and_the_connection_goes_on(string method, string arguments, string code, string? path)
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var (heard, details) = RawClient.Refusal(await client.CallRaw(method, arguments));
        heard.ShouldBe(code);
        if (path is not null)
        {
            details.GetProperty("path").GetString().ShouldBe(path);
        }

        (await client.Call("Ask", new Question { Text = "still here" })).GetProperty("result").GetString().ShouldBe("still here");
    }

    [TestCase("\"target\":\"EventsSince\"")]
    [TestCase("\"type\":1")]
    [TestCase("\"arguments\":[{\"text\":\"b\"}]")]
    [TestCase("\"invocationId\":\"other\"")]
    public async Task A_frame_that_names_a_part_twice_is_refused(string second)
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var (code, _) = RawClient.Refusal(await client.CallRaw("Ask", $$"""[{"text":"a"}],{{second}}"""));
        code.ShouldBe(ErrorCodes.BadInput);
        (await client.Call("Ask", new Question { Text = "x" })).GetProperty("result").GetString().ShouldBe("x");
    }

    [Test]
    public async Task Nothing_is_streamed()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        RawClient.Refusal(await client.CallRaw("Ask", """[{"text":"a"}]""", type: 4)).Code.ShouldBe(ErrorCodes.BadInput);
        await client.Send("""{"type":1,"invocationId":"s","target":"Ask","arguments":[{"text":"a"}],"streamIds":["1"]}""");
        (await client.Call("Ask", new Question { Text = "x" })).GetProperty("result").GetString().ShouldBe("x");
    }

    [TestCase("""{}""")]
    [TestCase("""[]""")]
    [TestCase("""17""")]
    [TestCase("""{"type":99}""")]
    [TestCase("""{"type":"1"}""")]
    [TestCase("""{"type":1}""")]
    [TestCase("""{"type":1,"target":5,"arguments":[]}""")]
    [TestCase("""{"type":1,"invocationId":7,"target":"Ask","arguments":[]}""")]
    [TestCase("""{"type":2,"invocationId":"1","item":1}""")]
    [TestCase("""{"type":3,"invocationId":"1","result":1}""")]
    [TestCase("""{"type":5,"invocationId":"1"}""")]
    [TestCase("""{"type":8,"sequenceId":1}""")]
    public async Task A_frame_that_nobody_can_answer_is_passed_over(string frame)
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        await client.Send(frame);
        (await client.Call("Ask", new Question { Text = "x" })).GetProperty("result").GetString().ShouldBe("x");
    }

    [TestCase("no json")]
    [TestCase("""{"type":1,""")]
    public async Task Text_that_is_no_JSON_closes_the_connection(string frame)
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        await client.Send(frame);
        (await client.Hears(nameof(IConnectionClient.ConnectionClosing)))[0][0].GetString().ShouldBe(ErrorCodes.BadInput);
        await client.Closed;
    }

    [TestCase(33 * 1024)]
    [TestCase(300 * 1024)]
    public async Task A_frame_beyond_32_KB_closes_the_connection(int chars)
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        await client.Send($$"""{"type":1,"target":"Ask","arguments":[{"text":"{{new string('x', chars)}}"}]}""");
        (await client.Hears(nameof(IConnectionClient.ConnectionClosing)))[0][0].GetString().ShouldBe(ErrorCodes.BadInput);
        await client.Closed;
    }

    [Test]
    public async Task A_frame_of_nearly_32_KB_is_read()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var text = new string('x', 32_000);
        (await client.Call("Ask", new Question { Text = text })).GetProperty("result").GetString().ShouldBe(text);
    }

    [Test]
    public async Task A_flood_of_unknown_calls_is_cut_within_250_frames()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var answered = new List<Task<JsonElement>>();
        for (var i = 0; i < 400; i++)
        {
            answered.Add(TrySend(client));
        }

        (await client.Hears(nameof(IConnectionClient.ConnectionClosing)))[0][0].GetString().ShouldBe(ErrorCodes.RateLimited);
        await client.Closed;
        var count = 0;
        foreach (var answer in answered)
        {
            try
            {
                RawClient.Refusal(await answer).Code.ShouldBe(ErrorCodes.UnknownMethod);
                count++;
            }
            catch (Exception e) when (e is InvalidOperationException or System.Net.WebSockets.WebSocketException)
            {
                // Sent too late to be answered.
            }
        }

        count.ShouldBeInRange(200, 250);
    }

    [Test]
    public async Task Acks_and_pages_are_not_counted_as_frames()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        for (var i = 0; i < 400; i++)
        {
            await client.Send("""{"type":1,"target":"Ack","arguments":[0]}""");
        }

        (await client.Call("Ask", new Question { Text = "x" })).GetProperty("result").GetString().ShouldBe("x");
    }

    private static async Task<JsonElement> TrySend(RawClient client) => await client.CallRaw("Nothing", "[]");
}
