using System.Text;

namespace P2P.Codegen;

/// <summary>One generated file: its path from the repository's root, with forward slashes, and its text.</summary>
internal sealed record OutputFile(string Path, string Text);

/// <summary>Puts generated files in their place, or compares them with what stands there.</summary>
internal static class OutputFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The folder that holds the solution, above the working directory or else above the program.</summary>
    public static string RepositoryRoot()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "P2P.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException("P2P.sln is not in this folder nor in one above it.");
    }

    /// <summary>Writes what differs and removes generated files that nothing asks for any more.</summary>
    public static void Write(string root, IReadOnlyList<OutputFile> files)
    {
        foreach (var orphan in Orphans(root, files))
        {
            File.Delete(Path.Combine(root, orphan));
        }

        foreach (var file in files.Where(file => Differs(root, file)))
        {
            var path = Path.Combine(root, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // The path has a folder: it lies under the root.
            File.WriteAllText(path, file.Text, Utf8);
        }
    }

    /// <summary>The first file that is missing, different or no longer asked for; null when all is well.</summary>
    public static string? FirstStale(string root, IReadOnlyList<OutputFile> files) =>
        files.FirstOrDefault(file => Differs(root, file))?.Path ?? Orphans(root, files).FirstOrDefault();

    private static bool Differs(string root, OutputFile file)
    {
        var path = Path.Combine(root, file.Path);
        return !File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(Utf8.GetBytes(file.Text));
    }

    private static IEnumerable<string> Orphans(string root, IReadOnlyList<OutputFile> files) => Outputs.Folders
        .Where(one => Directory.Exists(Path.Combine(root, one.Folder)))
        .SelectMany(one => Directory.GetFiles(Path.Combine(root, one.Folder), one.Pattern).Select(path => $"{one.Folder}/{Path.GetFileName(path)}"))
        .Where(path => files.All(file => file.Path != path))
        .Order(StringComparer.Ordinal);
}
