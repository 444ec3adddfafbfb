namespace P2P.Contracts.Files;

/// <summary>A file is none that is taken, or is not whole.</summary>
public sealed class FileFaultException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="code">FILE_TYPE_REFUSED, FILE_MALFORMED or TOO_MANY_PIXELS.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="max">The limit that was exceeded; null where none was.</param>
    public FileFaultException(string code, string message, long? max = null)
        : base(message) => (Code, Max) = (code, max);

    /// <summary>FILE_TYPE_REFUSED, FILE_MALFORMED or TOO_MANY_PIXELS.</summary>
    public string Code { get; }

    /// <summary>The limit that was exceeded; null where none was.</summary>
    public long? Max { get; }
}
