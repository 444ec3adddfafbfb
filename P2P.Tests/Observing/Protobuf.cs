using System.Text;

namespace P2P.Tests.Observing;

/// <summary>As much of protobuf as is needed to look into what is sent by OTLP: fields with lengths, by their numbers.</summary>
internal static class Protobuf
{
    /// <summary>The fields that a path of numbers leads to, from the message's outermost on.</summary>
    public static IEnumerable<byte[]> At(byte[] message, params int[] path)
    {
        if (path.Length == 0)
        {
            return [message];
        }

        return Fields(message).Where(field => field.Number == path[0]).SelectMany(field => At(field.Bytes, path[1..]));
    }

    public static IEnumerable<string> Texts(byte[] message, params int[] path) => At(message, path).Select(Encoding.UTF8.GetString);

    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return ((int)(key >> 3), message[at..(at + length)]);
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new FormatException($"Protobuf has no wire type {key & 7}.");
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
