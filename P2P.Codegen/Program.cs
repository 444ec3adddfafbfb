using P2P.Codegen;

// Writes what is generated from the contracts; with --check it writes nothing and exits 1 when a file is not what it would write.
if (args is not ([] or ["--check"]))
{
    Console.Error.WriteLine("Usage: dotnet run --project P2P.Codegen [-- --check]");
    return 2;
}

var root = OutputFiles.RepositoryRoot();
var files = Outputs.All();
if (args is [])
{
    OutputFiles.Write(root, files);
    return 0;
}

if (OutputFiles.FirstStale(root, files) is not { } stale)
{
    return 0;
}

Console.Error.WriteLine($"{stale} is not what P2P.Contracts says now: run 'dotnet run --project P2P.Codegen'.");
return 1;
