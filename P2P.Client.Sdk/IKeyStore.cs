namespace P2P.Client.Sdk;

/// <summary>
/// Where a device keeps what must not be lost and must not be seen: its private keys, the keys of its rooms, and what it knows of other users' keys.
/// One store for each user and device. Replace it where the platform has a better place (a key chain, a hardware module's wrapping).
/// </summary>
/// <remarks>
/// Names are made by the client: lower-case letters, digits, <c>.</c> and <c>-</c>, at most 60 characters. Calls for one name come one after the
/// other; calls for several names may come at once.
/// </remarks>
public interface IKeyStore
{
    /// <summary>What was saved under a name; null when nothing was.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<byte[]?> LoadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Saves under a name, in place of what was there. It has to be durable when this returns.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">What to save.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask SaveAsync(string name, byte[] value, CancellationToken cancellationToken);

    /// <summary>The names under which something is saved, in any order.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Saves many values into an empty store: all of them or none, even when the program ends mid-way.</summary>
    /// <param name="values">The values by their names.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The store holds something; nothing was saved.</exception>
    ValueTask FillAsync(IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken);
}
