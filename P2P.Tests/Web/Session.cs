using System.Text.Json.Nodes;
using P2P.Tests.Shape;

namespace P2P.Tests.Web;

/// <summary>
/// A recorded session: steps that every client plays, and what each of them must have seen. A text <c>$name.member</c> stands for what an earlier
/// step answered under that name.
/// </summary>
internal sealed record Session(string Name, string Path, JsonArray Steps, JsonArray Observed)
{
    public static string Folder => System.IO.Path.Combine(Sources.Root, "P2P.Tests", "Web", "Sessions");

    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*.json").Select(path => System.IO.Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static Session Read(string name)
    {
        var path = System.IO.Path.Combine(Folder, $"{name}.json");
        var file = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!; // A file of the folder holds an object.
        return new Session(name, path, (JsonArray)file["steps"]!, file["observed"] as JsonArray ?? []); // And has steps.
    }
}
