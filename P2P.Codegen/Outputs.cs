using P2P.Contracts;

namespace P2P.Codegen;

/// <summary>Everything that follows from the contracts.</summary>
internal static class Outputs
{
    /// <summary>Folders that hold generated files alone: what nobody asks for there any more is removed.</summary>
    public static IReadOnlyList<(string Folder, string Pattern)> Folders { get; } =
        [(CSharpProxy.Folder, "*.g.cs"), (TypeScriptNames.Folder, "*.ts"), (AsyncApi.Folder, "*")];

    /// <summary>Every file.</summary>
    public static IReadOnlyList<OutputFile> All()
    {
        var hubs = HubContract.FindAll();
        var docs = XmlDocs.Of(typeof(EventHead).Assembly);
        return
        [
            CSharpProxy.WriteShared(hubs),
            .. hubs.SelectMany(hub => new[] { CSharpProxy.Write(hub), CSharpClientMethods.Write(hub) }),
            .. TypeScriptModels.Write(hubs, docs),
            .. hubs.Select(hub => TypeScriptHub.Write(hub, docs)),
            AsyncApi.Write(hubs, docs),
            OpenApi.Write(docs),
            Reference.Write(hubs, docs),
        ];
    }
}
