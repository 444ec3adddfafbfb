using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// All that somebody needs to read an encrypted room, and to see that it is whole and who wrote what: made by
/// <see cref="ChatClient.DiscloseAsync"/>, checked by <see cref="TranscriptVerifier"/>. It holds the room's keys: give it to nobody but those who
/// shall read the room.
/// </summary>
public sealed record TranscriptBundle
{
    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Profile id of the buyer.</summary>
    public required long BuyerId { get; init; }

    /// <summary>Profile id of the seller.</summary>
    public required long SellerId { get; init; }

    /// <summary>The room's envelopes, in their order.</summary>
    public required IReadOnlyList<TranscriptEnvelope> Envelopes { get; init; }

    /// <summary>The key logs of both parties.</summary>
    public required IReadOnlyList<DeviceKeyLog> KeyLogs { get; init; }

    /// <summary>The keys that are disclosed.</summary>
    public required IReadOnlyList<TranscriptKey> RoomKeys { get; init; }

    /// <summary>The bundle as a text that <see cref="FromJson"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Spelling);

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="JsonException">The text holds none.</exception>
    public static TranscriptBundle FromJson(string json) =>
        JsonSerializer.Deserialize<TranscriptBundle>(json, Spelling) ?? throw new JsonException("The text holds no bundle.");

    /// <summary>
    /// The keys alone, as a text that fits a dispute's evidence: staff have the envelopes and the key logs from the server, and make the bundle with
    /// <see cref="RoomDisclosure.TryRead"/>. From then on the server can read what was written until now.
    /// </summary>
    public string Disclosure() => RoomDisclosure.Write(OrderId, RoomKeys);

    internal static DeviceKeyLog Public(DeviceKeyLog log) =>
        log with { Entries = [.. log.Entries.Select(entry => entry with { Name = null })] };
}

/// <summary>An envelope of a transcript, with what the server says of it.</summary>
public sealed record TranscriptEnvelope
{
    /// <summary>The envelope as its sender's device signed it, base64url.</summary>
    public required string Envelope { get; init; }

    /// <summary>The number of its message in the room, by the server.</summary>
    public long Seq { get; init; }

    /// <summary>When it was written, by the server's clock.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>A key of a room.</summary>
public sealed record TranscriptKey
{
    /// <summary>Its number.</summary>
    public required int Epoch { get; init; }

    /// <summary>Its 32 bytes, base64url.</summary>
    public required string Key { get; init; }
}

/// <summary>Keys of a room as they stand in a dispute's evidence.</summary>
public static partial class RoomDisclosure
{
    /// <summary>One line: <c>p2p-room-keys-1</c>, the order, and each key as <c>number:base64url</c>, parted by spaces.</summary>
    public static string Write(Guid orderId, IEnumerable<TranscriptKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var text = new StringBuilder("p2p-room-keys-1 ").Append(orderId.ToString("D"));
        foreach (var key in keys)
        {
            text.Append(CultureInfo.InvariantCulture, $" {key.Epoch}:{key.Key}");
        }

        return text.ToString();
    }

    /// <summary>Finds such a line in a text; other words may stand before and behind it.</summary>
    public static bool TryRead(string text, out Guid orderId, out IReadOnlyList<TranscriptKey> keys)
    {
        var match = Line().Match(text);
        (orderId, keys) = (Guid.Empty, []);
        if (!match.Success || !Guid.TryParseExact(match.Groups["order"].Value, "D", out orderId))
        {
            return false;
        }

        keys =
        [
            .. match.Groups["key"].Captures.Select(capture => capture.Value.Split(':')).Select(parts =>
                new TranscriptKey { Epoch = int.Parse(parts[0], CultureInfo.InvariantCulture), Key = parts[1] }),
        ];
        return keys.All(key => Base64Url.IsValid(key.Key));
    }

    [GeneratedRegex(@"p2p-room-keys-1 (?<order>[0-9a-f-]{36})(?: (?<key>[0-9]{1,6}:[A-Za-z0-9_-]{43}))+")]
    private static partial Regex Line();
}

/// <summary>What an encrypted room says, and whether it is whole.</summary>
public sealed record Transcript
{
    /// <summary>What was written, in order, up to the first fault.</summary>
    public required IReadOnlyList<TranscriptLine> Lines { get; init; }

    /// <summary>What is wrong; <see cref="EncryptionFault.None"/> when everything is right.</summary>
    public required EncryptionFault Fault { get; init; }

    /// <summary>Where in the bundle's envelopes the fault was found; null without one, and for one of a key log or of the end.</summary>
    public int? FaultAt { get; init; }
}

/// <summary>One message of a transcript.</summary>
public sealed record TranscriptLine
{
    /// <summary>Its place in the room's chain.</summary>
    public required int Index { get; init; }

    /// <summary>Profile id of who wrote it: proven by the signature, unless it was erased.</summary>
    public required long SenderId { get; init; }

    /// <summary>The device that signed it, base64url.</summary>
    public required string KeyId { get; init; }

    /// <summary>What it says; null when the key was not disclosed, or the message was erased.</summary>
    public string? Text { get; init; }

    /// <summary>The files that hang on it, with their keys: <see cref="SealedFile.Open"/> opens what the server has under their ids.</summary>
    public IReadOnlyList<SealedFile> Files { get; init; } = [];

    /// <summary>True when its words and its signature are gone because its sender's account was deleted.</summary>
    public bool IsErased { get; init; }

    /// <summary>When it was written: the server's word, not proven by the signature.</summary>
    public required DateTimeOffset At { get; init; }
}
