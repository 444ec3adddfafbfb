namespace P2P.Server.Trading.Prices;

/// <summary>Reads what others wrote, as far as it is not too long.</summary>
internal static class BoundedRead
{
    /// <summary>All bytes; null when there are more than the bound.</summary>
    public static async Task<ReadOnlyMemory<byte>?> All(Stream from, int bytesMax, CancellationToken cancellation)
    {
        var bytes = new byte[Math.Min(bytesMax + 1, 16 * 1024)];
        var length = 0;
        while (true)
        {
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, Math.Min(bytesMax + 1, bytes.Length * 2));
            }

            var read = await from.ReadAsync(bytes.AsMemory(length), cancellation);
            length += read;
            if (length > bytesMax)
            {
                return null;
            }

            if (read == 0)
            {
                return bytes.AsMemory(0, length);
            }
        }
    }
}
