namespace P2P.Tests.Support;

/// <summary>A short-named folder under the temporary one, removed when it is disposed.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"p2p-{Guid.NewGuid():N}"[..12])).FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
