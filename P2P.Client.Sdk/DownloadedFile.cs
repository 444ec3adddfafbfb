namespace P2P.Client.Sdk;

/// <summary>A file as it comes from the server. Its name was written by a person: show it, and make no path of it.</summary>
public sealed class DownloadedFile : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    internal DownloadedFile(HttpResponseMessage response, Stream content) => (_response, Content) = (response, content);

    /// <summary>The bytes, read once from front to end.</summary>
    public Stream Content { get; }

    /// <summary>What the content is, by the content itself.</summary>
    public required string ContentType { get; init; }

    /// <summary>How many bytes there are, where the server says so.</summary>
    public required long? Bytes { get; init; }

    /// <summary>What its sender called it.</summary>
    public required string Name { get; init; }

    /// <summary>The same file with what it says once it is decrypted.</summary>
    internal DownloadedFile With(MemoryStream content, string contentType, string name) => new(_response, content)
    {
        ContentType = contentType,
        Bytes = content.Length,
        Name = name,
    };

    /// <summary>Ends the download.</summary>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }
}
