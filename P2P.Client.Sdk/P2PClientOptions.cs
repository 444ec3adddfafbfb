using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace P2P.Client.Sdk;

/// <summary>
/// What a client needs to know: where the server is, who the user is, and how patient to be. One options object for each client.
/// </summary>
public sealed class P2PClientOptions
{
    /// <summary>The server's address, such as <c>https://p2p.example</c>; hubs are found below it.</summary>
    public Uri? ServerUrl { get; set; }

    /// <summary>
    /// Gives the JWT for one attempt to connect. Asked for each attempt, and again when the server has refused a token: a provider that
    /// caches should give one that is valid for some time yet. A <see cref="P2PException"/> thrown here ends the attempts; any other is
    /// tried again later.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    /// <summary>
    /// Gives a code of the user's second factor when a call of <see cref="P2PClient"/> is refused with SECOND_FACTOR_REQUIRED; the call is then
    /// repeated with it under the same request id. Asked again after a wrong code, three times in all. Null gives up: the call fails with the
    /// server's refusal. The time that a person takes does not count towards <see cref="CallTimeout"/>.
    /// </summary>
    public Func<SecondFactorPrompt, CancellationToken, ValueTask<string?>>? SecondFactorProvider { get; set; }

    /// <summary>Where the position in the event stream is kept; in memory unless set.</summary>
    public IEventPositionStore Positions { get; set; } = new MemoryEventPositionStore();

    /// <summary>
    /// Where this device's keys are kept, for encrypted rooms; in memory unless set, and nothing is in it before
    /// <see cref="KeysClient.RegisterAsync"/>. One for each user and device.
    /// </summary>
    public IKeyStore Keys { get; set; } = new MemoryKeyStore();

    /// <summary>
    /// What a dealer's goods order may cost, by its currency, while the other party's keys were not verified on this device; verified is who came by an
    /// invitation's proof or a safety number, until their devices are others. Beyond it the order is neither accepted nor paid here. What is not named may
    /// cost nothing. Null, the default, sets no limit.
    /// </summary>
    public IReadOnlyDictionary<string, decimal>? UnverifiedOrderMax { get; set; }

    /// <summary>How long a call may take in all, its repeats and the wait for a connection included.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call waits for a lost connection.</summary>
    public TimeSpan ReconnectWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt to connect may take.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause after the first failed attempt to connect; it doubles from one to the next and is jittered.</summary>
    public TimeSpan BackoffMin { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two attempts to connect.</summary>
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which a connection counts as lost. The server speaks at least every 15 seconds.</summary>
    public TimeSpan ServerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Sets what a WebSocket needs here: a proxy, client certificates.</summary>
    public Action<ClientWebSocketOptions>? ConfigureWebSocket { get; set; }

    /// <summary>Makes what HTTP calls (files) go through, where they need a proxy or client certificates; the client disposes it.</summary>
    public Func<HttpMessageHandler>? HttpHandler { get; set; }

    /// <summary>Where the client logs; nowhere unless set (dependency injection sets it).</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The clock and timers in use.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal P2PClientOptions Checked()
    {
        if (ServerUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" or "ws" or "wss" })
        {
            throw new ArgumentException("ServerUrl must be an absolute http or https address.");
        }

        if (TokenProvider is null)
        {
            throw new ArgumentException("TokenProvider must be set.");
        }

        var waits = new[] { CallTimeout, ReconnectWait, ConnectTimeout, BackoffMin, BackoffMax, ServerTimeout };
        return waits.All(wait => wait > TimeSpan.Zero && wait <= TimeSpan.FromDays(1))
            ? (P2PClientOptions)MemberwiseClone()
            : throw new ArgumentException("Every time of the options must be more than zero and at most a day.");
    }
}
