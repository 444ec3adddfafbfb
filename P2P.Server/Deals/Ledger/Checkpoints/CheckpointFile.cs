using System.Text;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>The file outside the database: a line a checkpoint, only ever appended to.</summary>
public sealed class CheckpointFile(string path)
{
    private const int LineBytesMax = 4_096;

    /// <summary>The newest checkpoint; null before the first.</summary>
    /// <exception cref="InvalidDataException">The last line is no checkpoint.</exception>
    public Checkpoint? Last()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var tail = new byte[Math.Min(file.Length, 2 * LineBytesMax)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        var end = Array.LastIndexOf(tail, (byte)'\n') + 1;
        if (end < tail.Length)
        {
            // A write that a crash cut off: it was never a checkpoint.
            file.SetLength(file.Length - (tail.Length - end));
        }

        if (end == 0)
        {
            return tail.Length <= LineBytesMax ? null : throw Broken();
        }

        var begin = Array.LastIndexOf(tail, (byte)'\n', end - 2, end - 1) + 1;
        return Checkpoint.FromLine(Encoding.UTF8.GetString(tail, begin, end - 1 - begin)) ?? throw Broken();
    }

    /// <summary>Appends it; on disk when this returns.</summary>
    public void Append(Checkpoint checkpoint)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes(checkpoint.ToLine() + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>All lines that were written to their end.</summary>
    public IReadOnlyList<string> Lines()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private InvalidDataException Broken() =>
        new($"The last line of {path} is no checkpoint: keep the file as evidence and name another one in Ledger:CheckpointFile.");
}
