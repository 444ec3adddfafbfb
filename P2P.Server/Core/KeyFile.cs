namespace P2P.Server.Core;

/// <summary>A key that development makes for itself and keeps in its data folder, readable by its user alone.</summary>
public static class KeyFile
{
    /// <summary>The key in this file, made when it is missing.</summary>
    public static string ReadOrMake(string file, Func<string> make)
    {
        if (!File.Exists(file))
        {
            if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            Create(file, make());
        }

        return File.ReadAllText(file).Trim();
    }

    private static void Create(string file, string key)
    {
        var complete = $"{file}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(complete, options))
        {
            writer.WriteLine(key);
        }

        try
        {
            File.Move(complete, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another command was faster: its key counts, ours was never used.
            File.Delete(complete);
        }
    }
}
