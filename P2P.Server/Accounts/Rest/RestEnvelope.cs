using System.Diagnostics.Metrics;
using System.Globalization;
using Npgsql;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Rest;

/// <summary>
/// Puts every refusal and fault of the REST paths into the envelope, also those of routing, authentication and the body's reader.
/// </summary>
internal sealed partial class RestEnvelope(RequestDelegate next, ILogger<RestEnvelope> log)
{
    private const string RetryAfterSeconds = "1";
    private const string Ok = "OK";
    private const string NoEndpoint = "none";

    private static readonly Counter<long> Calls = ServerMeter.Meter.CreateCounter<long>(
        "p2p.rest.calls", "{call}", "REST calls that were answered, by endpoint and code.");

    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null })
            {
                await RefuseStatus(context, context.Response.StatusCode);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: nobody reads an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await RefuseException(context, e);
        }
        finally
        {
            Calls.Add(
                1,
                new KeyValuePair<string, object?>("endpoint", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoEndpoint),
                new KeyValuePair<string, object?>("code", context.Items[Envelope.CodeKey] ?? Ok));
        }
    }

    private Task RefuseException(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case Refused refused:
                if (refused.Reason.Details?.TryGetValue(Refused.RetryAfterMs, out var ms) == true)
                {
                    context.Response.Headers.RetryAfter = SecondsOf(int.Parse(ms, CultureInfo.InvariantCulture));
                }

                return Envelope.Refuse(context, Envelope.StatusOf(refused.Code), refused.Code, refused.Message);
            case BadHttpRequestException bad:
                return RefuseStatus(context, bad.StatusCode);
            case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                return RefuseForNow(context, ErrorCodes.Timeout, "This took too long. Try again");
            case PostgresException e when Database.IsForOthersSake(e):
                return RefuseForNow(context, ErrorCodes.Busy, "Too much is going on at once. Try again");
            case var e when Database.IsUnavailable(e):
                Unreachable(log, e);
                return RefuseForNow(context, ErrorCodes.Unavailable, "The service is not available right now. Try again");
            default:
                var correlationId = Guid.NewGuid();
                Fault(log, correlationId, context.Request.Method, context.GetEndpoint()?.DisplayName, exception);
                return Envelope.Refuse(
                    context,
                    StatusCodes.Status500InternalServerError,
                    ErrorCodes.Internal,
                    $"Something went wrong on the server. Its log knows it as {correlationId}");
        }
    }

    private static Task RefuseForNow(HttpContext context, string code, string error)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Envelope.Refuse(context, StatusCodes.Status503ServiceUnavailable, code, error);
    }

    private static Task RefuseStatus(HttpContext context, int status)
    {
        var (code, error) = status switch
        {
            StatusCodes.Status401Unauthorized => (ErrorCodes.Unauthenticated, "Sign in: the token is missing, or not (or no longer) good"),
            StatusCodes.Status403Forbidden => (ErrorCodes.Forbidden, "You are not allowed to do this"),
            StatusCodes.Status404NotFound => (ErrorCodes.NotFound, "There is no such path"),
            StatusCodes.Status405MethodNotAllowed => (ErrorCodes.BadInput, "This path does not take this method"),
            StatusCodes.Status413PayloadTooLarge => (ErrorCodes.BadInput, "The body is too large"),
            StatusCodes.Status415UnsupportedMediaType => (ErrorCodes.BadInput, "The body must be JSON"),
            >= StatusCodes.Status500InternalServerError => (ErrorCodes.Internal, "Something went wrong on the server"),
            _ => (ErrorCodes.BadInput, "The request is malformed"),
        };
        return Envelope.Refuse(context, status, code, error);
    }

    internal static string SecondsOf(int ms) => Math.Max(1, (ms + 999) / 1_000).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "Fault {CorrelationId} in {Method} {Endpoint}")]
    private static partial void Fault(ILogger log, Guid correlationId, string method, string? endpoint, Exception exception);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "The database could not be reached")]
    private static partial void Unreachable(ILogger log, Exception exception);
}
