using System.Runtime.CompilerServices;

namespace P2P.Tests.Shape;

/// <summary>The repository's own C# files, as texts.</summary>
internal static class Sources
{
    public static string Root { get; } = RootOf();

    /// <summary>Every file under these folders (all when none is named) that a person wrote, by path from the root.</summary>
    public static IEnumerable<(string Path, string Text)> Of(params string[] folders) =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Where(path => !path.Contains("node_modules/", StringComparison.Ordinal) && !path.EndsWith(".g.cs", StringComparison.Ordinal))
            .Where(path => folders.Length == 0 || folders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllText(Path.Combine(Root, path))));

    private static string RootOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? throw new InvalidOperationException("No folder."), "..", ".."));
}
