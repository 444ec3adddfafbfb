using System.Collections.Concurrent;

namespace P2P.Client.Sdk;

/// <summary>
/// Keeps keys for as long as the program runs: afterwards the device is lost, its encrypted rooms cannot be read by it, and it should be revoked from
/// another one. For tests, and for programs that never call <see cref="KeysClient.RegisterAsync"/>.
/// </summary>
public sealed class MemoryKeyStore : IKeyStore
{
    private readonly ConcurrentDictionary<string, byte[]> _values = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<byte[]?> LoadAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_values.TryGetValue(name, out var value) ? value.ToArray() : null);

    /// <inheritdoc/>
    public ValueTask SaveAsync(string name, byte[] value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        _values[name] = [.. value];
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. _values.Keys]);

    /// <inheritdoc/>
    public ValueTask FillAsync(IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!_values.IsEmpty)
        {
            throw new InvalidOperationException("The key store is not empty.");
        }

        foreach (var (name, value) in values)
        {
            _values[name] = [.. value];
        }

        return ValueTask.CompletedTask;
    }
}
