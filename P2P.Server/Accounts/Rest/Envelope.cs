using P2P.Contracts;

namespace P2P.Server.Accounts.Rest;

/// <summary>What carries every answer of the REST paths.</summary>
public sealed record Envelope
{
    public required bool Success { get; init; }
    public object? Data { get; init; }
    public string? Message { get; init; }
    public string? Error { get; init; }
    public string? Code { get; init; }

    /// <summary>An answer.</summary>
    public static IResult Ok(object? data, string? message = null, int status = StatusCodes.Status200OK) =>
        Results.Json(new Envelope { Success = true, Data = data, Message = message }, RestJson.Options, statusCode: status);

    /// <summary>Where a refused request keeps its code.</summary>
    internal static readonly object CodeKey = new();

    /// <summary>A refusal.</summary>
    public static Task Refuse(HttpContext context, int status, string code, string error)
    {
        context.Items[CodeKey] = code;
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new Envelope { Success = false, Error = error, Code = code }, RestJson.Options, context.RequestAborted);
    }

    /// <summary>The status of a refusal; what is not named here is a conflict with what the server knows.</summary>
    public static int StatusOf(string code) => code switch
    {
        ErrorCodes.BadInput or ErrorCodes.ConsentRequired or ErrorCodes.CurrencyUnknown or ErrorCodes.PaymentMethodUnknown
            or ErrorCodes.AssetUnknown or ErrorCodes.FileMalformed or ErrorCodes.TooManyPixels => StatusCodes.Status400BadRequest,
        ErrorCodes.FileTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.FileTypeRefused => StatusCodes.Status415UnsupportedMediaType,
        ErrorCodes.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorCodes.Forbidden or ErrorCodes.Suspended or ErrorCodes.SecondFactorRequired or ErrorCodes.SecondFactorWrong => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound or ErrorCodes.NotJoinedP2P => StatusCodes.Status404NotFound,
        ErrorCodes.RateLimited or ErrorCodes.SecondFactorLocked => StatusCodes.Status429TooManyRequests,
        ErrorCodes.Busy or ErrorCodes.Timeout or ErrorCodes.Unavailable or ErrorCodes.Draining => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status409Conflict,
    };
}
