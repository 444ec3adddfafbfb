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

    private byte[]? _bytes;

    /// <summary>The bytes, with the frame's end. Two threads may write them at once; both write the same.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes ??= Protocol.GetMessageBytes(new InvocationMessage(method, arguments)).ToArray();

    /// <summary>A durable event: its body goes out byte for byte as it is stored.</summary>
    public static HubFrame Of(AppendedEvent appended) =>
        new(appended.Type, new EventHead { EventId = appended.EventId, Seq = appended.Seq, At = appended.At }, new RawJson(appended.Body));

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
