using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Tests.Sdk;
using P2P.Tests.Support;

namespace P2P.Tests.Web;

/// <summary>Plays a recorded session with the .NET SDK.</summary>
internal sealed class SdkPlayer(WebStage stage) : IAsyncDisposable
{
    private readonly Dictionary<string, JsonNode?> _known = [];
    private readonly Dictionary<string, Player> _players = [];
    private readonly Dictionary<string, MemoryEventPositionStore> _positions = [];
    private readonly JsonArray _observed = [];

    /// <summary>Plays it, and tells what was seen.</summary>
    public async Task<JsonArray> Play(Session session)
    {
        foreach (var step in session.Steps.OfType<JsonObject>())
        {
            await Play((JsonObject)Filled(step)!); // An object stays one.
        }

        return _observed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var player in _players.Values)
        {
            await player.DisposeAsync();
        }
    }

    private async Task Play(JsonObject step)
    {
        switch (step)
        {
            case { } when step["stage"] is { } verb:
                Keep(step, await stage.Play($"{verb}", step["with"] as JsonObject ?? []));
                break;
            case { } when step["client"] is { } name:
                _players[$"{name}"] = new Player(
                    Options(step),
                    $"{step["hub"] ?? "trade"}",
                    [.. (step["hears"] as JsonArray ?? []).Select(one => $"{one}")],
                    step["sees"] is not null);
                break;
            case { } when step["connect"] is { } name:
                await See(new JsonObject { ["connect"] = $"{name}" }, async seen =>
                {
                    await _players[$"{name}"].Connect();
                    seen["state"] = "connected";
                });
                break;
            case { } when step["call"] is { } call:
                await See(new JsonObject { ["call"] = $"{call}" }, async seen =>
                {
                    var answer = await _players[$"{step["by"]}"].Call($"{call}", step["arguments"] as JsonArray ?? []);
                    Keep(step, answer);
                    seen["answer"] = answer?.DeepClone();
                });
                break;
            case { } when step["hear"] is { } count:
                _observed.Add((JsonNode)new JsonObject { ["heard"] = await _players[$"{step["by"]}"].Hear(count.GetValue<int>()) });
                break;
            case { } when step["close"] is { } name:
                await _players[$"{name}"].DisposeAsync();
                break;
            default:
                throw new InvalidOperationException($"No client plays {step}.");
        }
    }

    private P2PClientOptions Options(JsonObject step)
    {
        var token = $"{step["token"]}";
        var options = new P2PClientOptions
        {
            ServerUrl = step["url"] is { } url ? new Uri($"{url}") : stage.Market.AddressOf(),
            TokenProvider = _ => ValueTask.FromResult(token),
            BackoffMin = TimeSpan.FromMilliseconds(10),
            BackoffMax = TimeSpan.FromMilliseconds(200),
            CallTimeout = TimeSpan.FromSeconds(10),
        };
        if (step["positions"] is { } store)
        {
            _positions.TryAdd($"{store}", new MemoryEventPositionStore());
            options.Positions = _positions[$"{store}"];
        }

        return options;
    }

    private async Task See(JsonObject seen, Func<JsonObject, Task> act)
    {
        try
        {
            await act(seen);
        }
        catch (P2PException e)
        {
            seen["refused"] = e.Code;
            seen["details"] = e.Details.ValueKind == JsonValueKind.Object ? JsonObject.Create(e.Details) : new JsonObject();
        }

        _observed.Add((JsonNode)seen);
    }

    private void Keep(JsonObject step, JsonNode? answer)
    {
        if (step["as"] is { } name)
        {
            _known[$"{name}"] = answer?.DeepClone();
        }
    }

    /// <summary>The step with what earlier steps answered put in.</summary>
    private JsonNode? Filled(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Filled(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Filled)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('$') => Known(text[1..].Split('.'))
            ?? throw new InvalidOperationException($"Nothing is known of {text}."),
        _ => node?.DeepClone(),
    };

    private JsonNode? Known(string[] path) =>
        path.Skip(1).Aggregate(_known.GetValueOrDefault(path[0]), (at, part) => at?[part])?.DeepClone();

    /// <summary>One client of a session, and what it has heard.</summary>
    private sealed class Player : IAsyncDisposable
    {
        private readonly P2PClient? _trader;
        private readonly P2PAdminClient? _staff;
        private readonly ConcurrentQueue<JsonNode> _heard = new();
        private readonly bool _seesNumbers;
        private int _told;

        public Player(P2PClientOptions options, string hub, IReadOnlyList<string> hears, bool seesNumbers)
        {
            _seesNumbers = seesNumbers;
            (_trader, _staff) = hub == "admin" ? ((P2PClient?)null, new P2PAdminClient(options)) : (new P2PClient(options), null);
            foreach (var type in hears)
            {
                var body = (hub == "admin" ? AdminClientMethods.All : TradeClientMethods.All).Single(method => method.Name == type).BodyType
                    ?? throw new InvalidOperationException($"{type} is not durable.");
                typeof(Player).GetMethod(nameof(On), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(body).Invoke(this, [type]);
            }

            Task Resync(StreamResync resync, CancellationToken _)
            {
                _heard.Enqueue(new JsonObject { ["resync"] = resync.Position.Seq });
                return Task.CompletedTask;
            }

            _trader?.OnResync(Resync);
            _staff?.OnResync(Resync);
        }

        // One of the two is there.
        public Task Connect() => _trader?.ConnectAsync(TestMarket.Bounded()) ?? _staff!.ConnectAsync(TestMarket.Bounded());

        public async Task<JsonNode?> Call(string name, JsonArray arguments)
        {
            object proxy = _trader is null ? _staff!.Hub : _trader.Repeated; // One of the two is there.
            var method = proxy.GetType().GetMethods()
                .Single(one => one.Name == name && one.GetParameters() is [.., { ParameterType: var last }] && last == typeof(CancellationToken));
            if (arguments is [JsonObject request] && method.GetParameters()[0].ParameterType.IsAssignableTo(typeof(IChange)))
            {
                // Where a program makes it: the SDK's own calls do.
                request.TryAdd("requestId", $"{Guid.CreateVersion7()}");
            }

            var given = method.GetParameters()[..^1].Select((parameter, i) => arguments[i].Deserialize(parameter.ParameterType, WireJson.Client));
            var call = (Task)method.Invoke(proxy, [.. given, TestMarket.Bounded()])!; // A proxy's methods answer tasks.
            await call;
            if (!method.ReturnType.IsGenericType)
            {
                return null;
            }

            var answer = call.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(call); // A task with an answer has it.
            return JsonSerializer.SerializeToNode(answer, method.ReturnType.GetGenericArguments()[0], WireJson.Client);
        }

        /// <summary>Waits until so many were heard in all; answers those that were not told before.</summary>
        public async Task<JsonArray> Hear(int count)
        {
            await Eventually.Holds(() => _heard.Count >= count, $"heard {count}, not {_heard.Count}");
            var fresh = _heard.Skip(_told).Select(one => (JsonNode?)one.DeepClone()).ToArray();
            _told += fresh.Length;
            return new JsonArray(fresh);
        }

        public async ValueTask DisposeAsync()
        {
            await (_trader?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_staff?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        private void On<T>(string type)
        {
            Task Hear(P2PEvent<T> heard, CancellationToken _)
            {
                _heard.Enqueue(_seesNumbers ? (JsonNode)$"{type} {heard.Head.Seq}" : new JsonObject
                {
                    ["type"] = type,
                    ["head"] = WebStage.Json(heard.Head),
                    ["body"] = WebStage.Json(heard.Body),
                    ["text"] = heard.Text,
                });
                return Task.CompletedTask;
            }

            _trader?.On<T>(Hear);
            if (_staff is not null)
            {
                _staff.On<T>((head, body, token) => Hear(new P2PEvent<T>(head, body, new EventPosition(Guid.Empty, head.Seq)), token));
            }
        }
    }
}
