using P2P.Server.Core;

namespace P2P.Server.Accounts.Files;

/// <summary>Where files lie (section <c>Files</c>).</summary>
public sealed record FileSettings
{
    /// <summary>
    /// A folder outside of everything that a web server shows (<c>Files:Folder</c>). All nodes must see the same one, unless files lie in an
    /// S3-compatible store; then it only takes what is being received.
    /// </summary>
    public string Folder { get; init; } = "files";

    /// <summary>Development keeps files in its data folder.</summary>
    public static FileSettings From(IConfiguration configuration, ServerMode mode)
    {
        var read = configuration.GetSection("Files").Get<FileSettings>() ?? new FileSettings();
        var folder = configuration["Files:Folder"] is null && mode is { IsDevelopment: true, DataFolder: { } data }
            ? Path.Combine(data, read.Folder)
            : read.Folder;
        return string.IsNullOrWhiteSpace(folder)
            ? throw new SettingsException("Files:Folder is empty: name a folder that the server may write to.")
            : new FileSettings { Folder = Path.GetFullPath(folder) };
    }
}

/// <summary>How much of files a user may have and do (section <c>Limits</c>).</summary>
public sealed record FileLimits
{
    /// <summary>Files that a user sends in any minute (<c>Limits:UploadsPerMinute</c>).</summary>
    public int UploadsPerMinute { get; init; } = 10;

    /// <summary>How long an upload may take (<c>Limits:UploadSeconds</c>).</summary>
    public int UploadSeconds { get; init; } = 30;

    /// <summary>Files that are received at once on this node (<c>Limits:UploadsAtOnce</c>).</summary>
    public int UploadsAtOnce { get; init; } = 64;

    /// <summary>Files that a user fetches in any minute, apart from other requests (<c>Limits:DownloadsPerMinute</c>).</summary>
    public int DownloadsPerMinute { get; init; } = 300;

    /// <summary>Files of one order (<c>Limits:FilesPerOrder</c>).</summary>
    public int FilesPerOrder { get; init; } = 30;

    /// <summary>Bytes of all files of one user (<c>Limits:FileBytesPerUser</c>).</summary>
    public long FileBytesPerUser { get; init; } = 512L * 1024 * 1024;

    public static FileLimits From(IConfiguration configuration)
    {
        var read = configuration.GetSection("Limits").Get<FileLimits>() ?? new FileLimits();
        return read is
        {
            UploadsPerMinute: > 0,
            UploadSeconds: > 0 and <= 3_600,
            UploadsAtOnce: > 0,
            DownloadsPerMinute: > 0,
            FilesPerOrder: > 0,
            FileBytesPerUser: > 0,
        }
            ? read
            : throw new SettingsException(
                "Limits:UploadsPerMinute, UploadSeconds (at most 3600), UploadsAtOnce, DownloadsPerMinute, FilesPerOrder and FileBytesPerUser"
                + " must be above zero: correct them.");
    }
}
