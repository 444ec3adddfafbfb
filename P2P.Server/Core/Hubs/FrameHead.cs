using System.Buffers;
using System.Text.Json;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// What a frame says of itself, read without binding its arguments, so that even a bad one can be answered. Of what is said twice,
/// the first counts here, and perhaps the last elsewhere: such a frame is refused.
/// </summary>
internal readonly record struct FrameHead(int Type, string? InvocationId, string? Target, bool IsTooDeep, bool SaysTwice)
{
    /// <summary>The frame is JSON but has no type.</summary>
    public const int NoType = 0;

    private const int NameCharsMax = 100;

    // The reader must get through whatever fits into a frame: too deep is refused by us, and the connection goes on.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.FrameBytesMax };

    /// <summary>False when the frame is no JSON.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> payload, out FrameHead head)
    {
        var (type, invocationId, target, depth) = (NoType, (string?)null, (string?)null, 0);
        var (types, ids, targets, arguments) = (0, 0, 0, 0);
        var json = new Utf8JsonReader(payload, Options);
        try
        {
            while (json.Read())
            {
                var opens = json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                depth = Math.Max(depth, json.CurrentDepth + (opens ? 1 : 0));
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                {
                    continue;
                }

                if (json.ValueTextEquals("arguments"u8))
                {
                    arguments++;
                }
                else if (json.ValueTextEquals("type"u8) && ++types == 1)
                {
                    type = json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number) ? number : NoType;
                }
                else if (json.ValueTextEquals("invocationId"u8) && ++ids == 1)
                {
                    invocationId = Name(ref json);
                }
                else if (json.ValueTextEquals("target"u8) && ++targets == 1)
                {
                    target = Name(ref json);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name that is no valid text: the caller closes the connection.
            head = default;
            return false;
        }

        head = new FrameHead(type, invocationId, target, depth > Limits.JsonDepthMax, (types | ids | targets | arguments) > 1);
        return true;
    }

    private static string? Name(ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.String && json.GetString() is { Length: <= NameCharsMax } name ? name : null;
}
