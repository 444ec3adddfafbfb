namespace P2P.Tests.Web;

/// <summary>The tests of the TypeScript client (web/client/test), each of them a test here.</summary>
public sealed class WebClientTests
{
    [TestCaseSource(nameof(Written))]
    public async Task TypeScript(string file, string name)
    {
        var run = await VitestRun.Once;
        var result = run.Results.FirstOrDefault(one => one.File == file && one.Name == name);
        result.ShouldNotBeNull($"vitest ran no such test. {run.Results.FirstOrDefault(one => one.File == file && one.Name.Length == 0)?.Message}");
        result.Status.ShouldBe("passed", result.Message);
    }

    [Test]
    public async Task Nothing_ran_that_is_not_counted_here()
    {
        var run = await VitestRun.Once;
        run.Results.Select(one => (one.File, one.Name)).Except(VitestRun.Written()).ShouldBeEmpty("the name of a test is one text on its first line");
    }

    private static IEnumerable<TestCaseData> Written() => VitestRun.Written()
        .Select(test => new TestCaseData(test.File, test.Name).SetName($"TypeScript({test.File[..^".test.ts".Length]}: {test.Name})"));
}
