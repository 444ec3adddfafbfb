using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Client.Sdk;

/// <summary>
/// Remembers the position in a small file, one for each user. Every position is written before the next event is handed out, so a program that
/// dies hears at most the event in hand again. Ten times a second it is also forced to disk: after a power cut the events of the last tenth
/// of a second may come again, under the same <c>EventId</c>; none is ever lost.
/// </summary>
/// <remarks>
/// The file has three lines of the same length, each with a checksum: the first is the one that was forced to disk and is written no more
/// often than that, the two others take turns. Whatever a crash tears is one of them, and the newest whole one counts.
/// </remarks>
/// <param name="path">The file; its folder must exist or is made.</param>
public sealed class FileEventPositionStore(string path) : IEventPositionStore
{
    private const int LineBytes = 96;
    private static readonly TimeSpan ForcedEvery = TimeSpan.FromMilliseconds(100);

    private readonly string _path = Path.GetFullPath(path);
    private long? _turn;
    private long _forcedAt;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is there and holds no position: going on from the head would lose events
    /// silently.</exception>
    public async ValueTask<EventPosition?> LoadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        var newest = Newest(await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false));
        return newest?.Position ?? throw new InvalidDataException($"{_path} holds no event position.");
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(EventPosition position, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (_turn is not null && Stopwatch.GetElapsedTime(_forcedAt) < ForcedEvery)
        {
            Write(position, isForced: false);
            return ValueTask.CompletedTask;
        }

        // Forcing to disk blocks: not on the caller's thread.
        return new ValueTask(Task.Run(() => Write(position, isForced: true), cancellationToken));
    }

    private void Write(EventPosition position, bool isForced)
    {
        if (_turn is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path) ?? ".");
            _turn = File.Exists(_path) ? Newest(File.ReadAllBytes(_path))?.Turn ?? 0 : 0;
        }

        var turn = _turn.Value + 1;
        using var file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(file, Line(position, turn), LineBytes * (isForced ? 0 : 1 + (turn % 2)));
        if (isForced)
        {
            RandomAccess.FlushToDisk(file);
            _forcedAt = Stopwatch.GetTimestamp();
        }

        _turn = turn;
    }

    /// <summary>Epoch, number, turn and checksum, filled up with spaces.</summary>
    private static byte[] Line(EventPosition position, long turn)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{position.Epoch:D} {position.Seq} {turn}");
        return Encoding.ASCII.GetBytes($"{text} {Checksum(text)}".PadRight(LineBytes - 1) + '\n');
    }

    private static (EventPosition Position, long Turn)? Newest(byte[] bytes)
    {
        (EventPosition Position, long Turn)? newest = null;
        for (var at = 0; at + LineBytes <= bytes.Length; at += LineBytes)
        {
            var text = Encoding.ASCII.GetString(bytes, at, LineBytes).TrimEnd();
            if (text.Split(' ') is [var epoch, var seq, var turn, var checksum]
                && checksum == Checksum(text[..^(checksum.Length + 1)])
                && Guid.TryParseExact(epoch, "D", out var id)
                && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && long.TryParse(turn, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && (newest is null || count > newest.Value.Turn))
            {
                newest = (new EventPosition(id, number), count);
            }
        }

        return newest;
    }

    private static string Checksum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)).AsSpan(0, 4));
}
