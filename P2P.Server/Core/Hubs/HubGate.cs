using System.Net;
using Npgsql;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core.Drain;
using P2P.Server.Core.Http;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// Stands before the authentication of hub requests, which asks the database: bounds how many an address may begin, and answers for what
/// breaks before there is a connection.
/// </summary>
public sealed partial class HubGate(RequestDelegate next, LimitSettings limits, DrainState drain, ILogger<HubGate> log)
{
    private const int RetryAfterMs = 1_000;

    private readonly RateTable<IPAddress> _addresses = new(_ => limits.ConnectsPerAddress);

    public async Task Invoke(HttpContext context)
    {
        if (drain.IsDraining)
        {
            await HubAnswer.Refuse(
                context,
                StatusCodes.Status503ServiceUnavailable,
                ErrorCodes.Draining,
                "This node is about to stop. Connect again, to another one.",
                RetryAfterMs);
            return;
        }

        if (_addresses.Take(ClientNetwork.Of(context)) is > 0 and var waitMs)
        {
            await HubAnswer.Refuse(
                context, StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimited, "Too many connections are begun.", waitMs);
            return;
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: nobody reads an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted && IsForNow(e))
        {
            Unreachable(log, e.Message);
            await HubAnswer.Refuse(
                context,
                StatusCodes.Status503ServiceUnavailable,
                ErrorCodes.Unavailable,
                "The service is not available right now. Try again.",
                RetryAfterMs);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var correlationId = Ids.New();
            Fault(log, correlationId, e);
            await HubAnswer.Refuse(
                context,
                StatusCodes.Status500InternalServerError,
                ErrorCodes.Internal,
                $"The server failed. Its log knows it as {correlationId}.");
        }
    }

    private static bool IsForNow(Exception exception) =>
        Database.IsUnavailable(exception)
        || (exception is PostgresException postgres
            && (Database.IsForOthersSake(postgres) || postgres.SqlState == PostgresErrorCodes.QueryCanceled));

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "A hub's caller could not be authenticated: {Cause}")]
    private static partial void Unreachable(ILogger log, string cause);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Error, Message = "Fault {CorrelationId} before a hub connection")]
    private static partial void Fault(ILogger log, Guid correlationId, Exception exception);
}
