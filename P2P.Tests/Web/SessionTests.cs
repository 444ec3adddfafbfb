using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace P2P.Tests.Web;

/// <summary>
/// Recorded sessions (P2P.Tests/Web/Sessions), played by the .NET SDK and by the TypeScript client on the same servers: both see the same, byte for
/// byte. With P2P_WRITE=1 what the SDK saw is recorded anew.
/// </summary>
public sealed class SessionTests
{
    private static readonly JsonSerializerOptions Spelling = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private WebStage _stage = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Open_the_stage() => _stage = await WebStage.Open();

    [OneTimeTearDown]
    public ValueTask Close_the_stage() => _stage.DisposeAsync();

    [TestCaseSource(nameof(Names))]
    public async Task The_SDK_sees_what_was_recorded(string name)
    {
        var session = Session.Read(name);
        await using var player = new SdkPlayer(_stage);
        var observed = await player.Play(session);
        if (Environment.GetEnvironmentVariable("P2P_WRITE") == "1")
        {
            var file = new JsonObject { ["steps"] = session.Steps.DeepClone(), ["observed"] = Observations.Recorded(observed) };
            await File.WriteAllTextAsync(session.Path, file.ToJsonString(Spelling) + "\n");
            return;
        }

        Observations.Spell(observed).ShouldBe(Observations.Spell(session.Observed));
    }

    [TestCaseSource(nameof(Names))]
    public async Task The_TypeScript_client_sees_what_was_recorded(string name)
    {
        var run = await VitestRun.Once;
        var observed = run.Observed.GetValueOrDefault(name)
            .ShouldNotBeNull(run.Results.FirstOrDefault(result => result.File == "sessions.test.ts")?.Message);
        Observations.Spell(observed).ShouldBe(Observations.Spell(Session.Read(name).Observed));
    }

    private static IEnumerable<string> Names() => Session.Names();
}
