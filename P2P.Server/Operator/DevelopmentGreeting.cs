using P2P.Server.Accounts.SignIn;

namespace P2P.Server.Operator;

/// <summary>What `dev` prints when it is ready: where it is, who may sign in, what to type next.</summary>
internal static class DevelopmentGreeting
{
    private static readonly (string User, string[] Roles)[] DemoUsers = [("alice", []), ("bob", []), ("admin", ["admin"])];

    public static void Print(ICollection<string> urls, ServerOptions options, OperatorSettings settings, string? databaseFolder, TimeSpan took)
    {
        var url = urls.First();
        Console.WriteLine($"P2P is ready at {string.Join(" and ", urls)} after {took.TotalSeconds:0.0} s.");
        if (!options.Mode.ShortcutsOn)
        {
            Console.WriteLine("This address can be reached from other machines: demo tokens, the faucet and sign-in shortcuts are off.");
        }
        else if (options.Auth.SigningKey is not null)
        {
            var signer = new TokenSigner(options.Auth);
            Console.WriteLine($"Tokens, good for {TokenSigner.LifetimeDefault.TotalHours:0} hours:");
            foreach (var (user, roles) in DemoUsers)
            {
                Console.WriteLine($"  {user,-6} {signer.Sign(user, roles)}");
            }

            var program = FromHere(typeof(ServerApp).Assembly.Location);
            var data = FromHere(settings.DataFolder);
            Console.WriteLine("Now type in another terminal:");
            Console.WriteLine($"  TOKEN=$(dotnet {program} token --user alice --data {data})");
            Console.WriteLine($"  curl -H \"Authorization: Bearer $TOKEN\" {url}/api/p2p/profile");
        }

        Console.WriteLine($"Ctrl-C ends it; the data stays in {(databaseFolder is null ? "your database" : FromHere(databaseFolder))}.");
    }

    private static string FromHere(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
