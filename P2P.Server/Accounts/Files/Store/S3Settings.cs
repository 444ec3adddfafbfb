using P2P.Server.Core;

namespace P2P.Server.Accounts.Files.Store;

/// <summary>An S3-compatible store (section <c>Files:S3</c>); none unless <c>Files:S3:Bucket</c> is set.</summary>
public sealed record S3Settings
{
    /// <summary>The service's address (<c>Files:S3:Endpoint</c>); the bucket is the first part of the path.</summary>
    public string? Endpoint { get; init; }

    /// <summary>What the service calls its region (<c>Files:S3:Region</c>).</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The bucket (<c>Files:S3:Bucket</c>); nobody but the server should be able to read it.</summary>
    public string? Bucket { get; init; }

    /// <summary>Who asks (<c>Files:S3:AccessKey</c>).</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret that signs (<c>Files:S3:SecretKey</c>).</summary>
    public string? SecretKey { get; init; }

    /// <summary>Null when files lie in the folder.</summary>
    public static S3Settings? From(IConfiguration configuration)
    {
        var read = configuration.GetSection("Files:S3").Get<S3Settings>();
        return read switch
        {
            null or { Bucket: null } => null,
            { AccessKey.Length: > 0, SecretKey.Length: > 0, Region.Length: > 0 } when IsBucket(read.Bucket) && IsAddress(read.Endpoint) => read,
            _ => throw new SettingsException(
                "Files:S3:Bucket is set: Files:S3:Endpoint must be an http or https address, and AccessKey, SecretKey and Region must be set."),
        };
    }

    private static bool IsBucket(string name) =>
        name.Length is >= 3 and <= 63 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');

    private static bool IsAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0;
}
