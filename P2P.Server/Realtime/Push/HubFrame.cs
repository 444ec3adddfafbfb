using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using P2P.Contracts;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Realtime.Push;

/// <summary>A client method's call as it goes over the wire, written once for all who hear it.</summary>
public sealed class HubFrame(string method, params object?[] arguments)
{
    internal const string ProtocolName = "json";

    private static readonly JsonHubProtocol Protocol = new(Options.Create(new JsonHubProtocolOptions
    {
        PayloadSerializerOptions = Spelling(),
    }));

    /// <summary>Events with which something rides along: their method has a third parameter, which is null when the event is read again.</summary>
    private static readonly FrozenSet<string> WithLive = typeof(EventHead).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface)
        .SelectMany(type => type.GetMethods())
        .Where(told => told.GetParameters() is [{ } head, _, _] && head.ParameterType == typeof(EventHead))
        .Select(told => told.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    private byte[]? _bytes;

    /// <summary>The bytes, with the frame's end. Two threads may write them at once; both write the same.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes ??= Protocol.GetMessageBytes(new InvocationMessage(method, arguments)).ToArray();

    /// <summary>When this node committed it, as <see cref="System.Diagnostics.Stopwatch"/> counts; null when another one did.</summary>
    public long? ToldAt { get; private init; }

    /// <summary>A durable event: its body goes out byte for byte as it is stored.</summary>
    /// <param name="appended">The event.</param>
    /// <param name="toldAt">When this node committed it.</param>
    public static HubFrame Of(AppendedEvent appended, long? toldAt = null)
    {
        var head = new EventHead { EventId = appended.EventId, Seq = appended.Seq, At = appended.At };
        var body = new RawJson(appended.Body);
        return WithLive.Contains(appended.Type)
            ? new(appended.Type, head, body, appended.Live) { ToldAt = toldAt }
            : new(appended.Type, head, body) { ToldAt = toldAt };
    }

    private static JsonSerializerOptions Spelling()
    {
        var options = WireJson.ApplyServer(new JsonSerializerOptions());
        options.Converters.Add(new RawJsonConverter());
        return options;
    }

    /// <summary>JSON that was written before.</summary>
    private sealed record RawJson(string Text);

    private sealed class RawJsonConverter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Stored JSON is only written.");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
