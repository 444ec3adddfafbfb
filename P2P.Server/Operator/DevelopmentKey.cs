using System.Security.Cryptography;

namespace P2P.Server.Operator;

/// <summary>The signing key that development makes for itself and keeps in its data folder, readable by its user alone.</summary>
internal static class DevelopmentKey
{
    private const string FileName = "auth.key";

    /// <summary>The key of this folder, made when it is missing.</summary>
    public static string In(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(dataFolder);
            Create(file);
        }

        return File.ReadAllText(file).Trim();
    }

    private static void Create(string file)
    {
        var complete = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(complete, options))
        {
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
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
