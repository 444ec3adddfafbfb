using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Channels;
using P2P.Tests.Support;
using static P2P.Tests.Web.WebStage;

namespace P2P.Tests.Web;

/// <summary>The other end of a channel, by the .NET SDK.</summary>
internal static class ChannelVerbs
{
    public static IEnumerable<(string Verb, Func<JsonObject, Task<JsonNode?>> Play)> All(WebStage stage)
    {
        var sides = new ConcurrentDictionary<string, ChannelSide>();
        yield return Verb("channel.meet", async with =>
        {
            var side = new ChannelSide(Text(with, "name"));
            sides[side.Name] = side;
            await side.Meet(stage.DealerOf(with), with["peerId"]?.GetValue<string>());
            return null;
        });
        yield return Verb("channel.say", async with =>
        {
            await sides[Text(with, "name")].Say(Number(with, "from"), Number(with, "count"));
            return null;
        });
        yield return Verb("channel.sendFile", async with => await sides[Text(with, "name")].SendFile(Number(with, "bytes")));
        yield return Verb("channel.heard", with => StageVerbs.Done(sides[Text(with, "name")].Heard()));
        yield return Verb("channel.close", async with =>
        {
            if (sides.TryRemove(Text(with, "name"), out var side))
            {
                await side.DisposeAsync();
            }

            return null;
        });
    }

    private static int Number(JsonObject with, string name) => with[name]?.GetValue<int>() ?? throw new InvalidOperationException($"{name} is missing.");

    /// <summary>One side: what it said, what it heard, and a folder for what comes.</summary>
    private sealed class ChannelSide(string name) : IAsyncDisposable
    {
        private readonly TestFolder _folder = new();
        private readonly ConcurrentQueue<string> _got = new();
        private readonly CancellationTokenSource _ending = new();
        private PeerChannel? _channel;
        private Task _reading = Task.CompletedTask;
        private (long Bytes, string Hash)? _file;

        public string Name => name;

        private PeerChannel Channel => _channel ?? throw new InvalidOperationException("There is no channel yet.");

        public async Task Meet(DealerClient dealer, string? peerId)
        {
            if (peerId is not null)
            {
                _channel = await dealer.Channels.OpenAsync(peerId, TestMarket.Bounded());
            }
            else
            {
                await foreach (var channel in dealer.Channels.ListenAsync(TestMarket.Bounded()))
                {
                    _channel = channel;
                    break;
                }
            }

            _reading = Task.WhenAll(ReadMessages(), ReadFiles());
        }

        public async Task Say(int from, int count)
        {
            for (var i = from; i < from + count; i++)
            {
                await Channel.SendTextAsync(string.Create(CultureInfo.InvariantCulture, $"{name} {i}"), TestMarket.Bounded());
            }
        }

        public async Task<JsonNode?> SendFile(int bytes)
        {
            var content = RandomNumberGenerator.GetBytes(bytes);
            (await Channel.SendFileAsync(new MemoryStream(content), "goods.bin", cancellationToken: TestMarket.Bounded())).ShouldBeTrue();
            return Convert.ToHexStringLower(SHA256.HashData(content));
        }

        public JsonObject Heard()
        {
            var got = _got.ToArray();
            var wrong = got.Where((text, i) => text.Split(' ')[1] != i.ToString(CultureInfo.InvariantCulture)).Take(5);
            return new JsonObject
            {
                ["count"] = got.Length,
                ["wrong"] = new JsonArray([.. wrong.Select(text => (JsonNode)text)]),
                ["file"] = _file is { } file ? new JsonObject { ["bytes"] = file.Bytes, ["hash"] = file.Hash } : null,
            };
        }

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            if (_channel is not null)
            {
                await _channel.DisposeAsync();
            }

            await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
            _ending.Dispose();
            _folder.Dispose();
        }

        private async Task ReadMessages()
        {
            await foreach (var message in Channel.ReadAllAsync(_ending.Token))
            {
                _got.Enqueue(Encoding.UTF8.GetString(message));
            }
        }

        private async Task ReadFiles()
        {
            await foreach (var file in Channel.ReadFilesAsync(_ending.Token))
            {
                var path = _folder[file.Name];
                await file.SaveAsync(path, cancellationToken: _ending.Token);
                var bytes = await File.ReadAllBytesAsync(path, _ending.Token);
                _file = (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            }
        }
    }
}
