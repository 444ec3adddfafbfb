using System.Text.Json;

namespace P2P.Client.Sdk;

/// <summary>
/// Remembers the position in a small file, one for each user. The file is replaced as a whole and forced to disk, so that a crash or a
/// power cut leaves the former or the new position and never a torn one.
/// </summary>
/// <param name="path">The file; its folder must exist or is made.</param>
public sealed class FileEventPositionStore(string path) : IEventPositionStore
{
    private readonly string _path = Path.GetFullPath(path);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is there and holds no position: going on from the head would lose events
    /// silently.</exception>
    public async ValueTask<EventPosition?> LoadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        try
        {
            var bytes = await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false);
            var position = JsonSerializer.Deserialize<EventPosition>(bytes);
            return position is { Seq: >= 0 } ? position : throw new InvalidDataException($"{_path} holds no event position.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{_path} holds no event position.", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(EventPosition position, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(position);
        // Forcing to disk blocks: not on the caller's thread.
        return new ValueTask(Task.Run(() => Save(position), cancellationToken));
    }

    private void Save(EventPosition position)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path) ?? ".");
        var fresh = _path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(position));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, _path, overwrite: true);
    }
}
