using Microsoft.AspNetCore.SignalR;
using P2P.Client.Sdk;
using P2P.Contracts;

namespace P2P.Tests.Sdk;

/// <summary>How the text of a refused call is read.</summary>
[TestFixture]
internal sealed class P2PExceptionTests
{
    [Test]
    public void A_refusal_is_read_behind_the_prefix_of_SignalR()
    {
        var text = RefusalText.Write("BUSY", "Too | much.", """{"retryAfterMs":250}""");
        var prefix = "An unexpected error occurred invoking 'X' on the server. HubException: ";
        var error = P2PException.TryRead(new HubException(prefix + text));
        error.ShouldNotBeNull();
        error.Code.ShouldBe(ErrorCodes.Busy);
        error.Message.ShouldBe("Too / much.");
        error.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(250));
        error.IsTransient.ShouldBeTrue();
    }

    [TestCase("""{"retryAfterMs":"1500"}""", 1500)]
    [TestCase("""{"retryAfterMs":0}""", 0)]
    [TestCase("""{"retryAfterMs":-1}""", null)]
    [TestCase("""{"retryAfterMs":1e300}""", null)]
    [TestCase("""{"retryAfterMs":"soon"}""", null)]
    [TestCase("{}", null)]
    [TestCase("[]", null)]
    public void The_time_to_wait_is_read_where_it_makes_sense(string details, int? milliseconds)
    {
        var error = P2PException.TryRead(new HubException($"RATE_LIMITED|Slower.|{details}"));
        error.ShouldNotBeNull();
        error.RetryAfter?.TotalMilliseconds.ShouldBe(milliseconds ?? -1);
        (error.RetryAfter is null).ShouldBe(milliseconds is null);
    }

    [TestCase("")]
    [TestCase("Failed to invoke 'X' due to an error on the server.")]
    [TestCase("lower|case|{}")]
    [TestCase("CODE|no details")]
    [TestCase("CODE|broken details|{")]
    public void Any_other_text_is_no_refusal(string text) => P2PException.TryRead(new HubException(text)).ShouldBeNull();

    [Test]
    public void An_unknown_code_is_kept()
    {
        var error = P2PException.TryRead(new HubException("NEWER_CODE|Something new.|{}"));
        error?.Code.ShouldBe("NEWER_CODE");
        error?.IsTransient.ShouldBeFalse();
    }
}
