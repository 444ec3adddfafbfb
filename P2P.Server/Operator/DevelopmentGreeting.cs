using P2P.Server.Accounts.SignIn;

namespace P2P.Server.Operator;

/// <summary>What `dev` prints when it is ready: where it is, who may sign in, what to type next.</summary>
internal static class DevelopmentGreeting
{
    private static readonly (string User, string[] Roles)[] DemoUsers =
        [("alice", []), ("bob", []), ("merchant", []), ("admin", ["admin"])];

    public static void Print(
        ICollection<string> urls, ServerOptions options, OperatorSettings settings, string? databaseFolder, TimeSpan took)
    {
        Console.WriteLine($"P2P is ready at {string.Join(" and ", urls)} after {took.TotalSeconds:0.0} s.");
        if (!options.Mode.ShortcutsOn)
        {
            Console.WriteLine("This address can be reached from other machines: demo tokens, the faucet and sign-in shortcuts are off.");
        }
        else if (options.Auth.SigningKey is not null)
        {
            var signer = new TokenSigner(options.Auth);
            var tokens = DemoUsers.ToDictionary(user => user.User, user => signer.Sign(user.User, user.Roles));
            Console.WriteLine(
                $"Tokens, good for {TokenSigner.LifetimeDefault.TotalHours:0} hours, the admin's for {signer.LifetimeOf(["admin"]).TotalMinutes:0} minutes:");
            foreach (var (user, token) in tokens)
            {
                Console.WriteLine($"  {user,-8} {token}");
            }

            PrintNext(new Uri(urls.First()), tokens["alice"], settings);
        }

        Console.WriteLine($"Ctrl-C ends it; the data stays in {(databaseFolder is null ? "your database" : FromHere(databaseFolder))}.");
    }

    /// <summary>Each of these lines does what it says when it is pasted as it stands.</summary>
    private static void PrintNext(Uri url, string token, OperatorSettings settings)
    {
        Console.WriteLine("Now paste into another terminal, to see who alice is:");
        Console.WriteLine($"  curl -H 'Authorization: Bearer {token}' {new Uri(url, "api/p2p/profile")}");
        if (File.Exists("run") && Directory.Exists(Path.Combine("samples", "DemoTraders")))
        {
            var port = url.Port == ListenAddresses.PortDefault ? "" : $" --port {url.Port}";
            var folder = FromHere(settings.DataFolder);
            var data = folder == OperatorSettings.DataFolderDefault ? "" : $" --data {folder}";
            Console.WriteLine("Or, to see a market that moves:");
            Console.WriteLine($"  cd '{Environment.CurrentDirectory}' && ./run --demo{port}{data}");
        }
    }

    private static string FromHere(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
