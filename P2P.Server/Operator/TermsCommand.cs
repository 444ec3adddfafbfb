using System.CommandLine;

namespace P2P.Server.Operator;

/// <summary>`terms`: publishes a new version of the terms, to which everyone must consent before connecting again.</summary>
internal static class TermsCommand
{
    public static Command Create() => new("terms", "Publish terms (needs Db:App or a running dev)") { Publish() };

    private static Command Publish()
    {
        var file = new Argument<string>("FILE") { Description = "A text file" };
        var language = new Option<string>("--language") { Description = "Its language", HelpName = "TAG", DefaultValueFactory = _ => "en" };
        return new Command("publish", "Publish a new version of the terms; users are asked to consent again") { file, language }
            .Does(async (parsed, settings, stop) =>
            {
                var text = await File.ReadAllTextAsync(parsed.GetRequiredValue(file), stop);
                await UserCommand.With(settings, async staff =>
                {
                    var version = await staff.PublishTerms(UserCommand.Actor, text, parsed.GetRequiredValue(language), stop);
                    return $"version {version} of the terms is published";
                });
            });
    }
}
