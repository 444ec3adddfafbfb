using P2P.Server.Core.Hubs;
using P2P.Server.Realtime.Replica;

namespace P2P.Server.Accounts.Rest;

/// <summary>
/// What stands before the REST paths and the hubs: proxies, headers, the envelope, limits and authentication, in this order.
/// </summary>
internal static class RestSetup
{
    private static readonly PathString Api = new("/api");

    public static IServiceCollection AddRest(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton(RestLimitSettings.From(settings));
        services.AddSingleton<RestLimits>();
        if (Proxies.From(settings) is { } proxies)
        {
            services.AddSingleton(Microsoft.Extensions.Options.Options.Create(proxies));
        }

        return services;
    }

    public static void UseRest(this WebApplication app)
    {
        if (Proxies.From(app.Configuration) is { } proxies)
        {
            app.UseForwardedHeaders(proxies);
        }

        var limits = app.Services.GetRequiredService<RestLimits>();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Api),
            api =>
            {
                api.Use(SetHeaders);
                api.UseMiddleware<RestEnvelope>();
                api.Use((context, next) =>
                {
                    limits.EnsureAddress(context);
                    return next(context);
                });
            });
        app.UseHubGate();
        app.UseAuthentication();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Api),
            api => api.Use((context, next) =>
            {
                limits.EnsureUser(context);
                return ReplicaSetup.Note(context, next.Invoke);
            }));
        app.UseAuthorization();
    }

    /// <summary>
    /// Answers are data for one person: not to be kept, framed, sniffed or run. A path that says something stricter of caching and content
    /// keeps it.
    /// </summary>
    private static Task SetHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.CacheControl = headers.CacheControl.Count > 0 ? headers.CacheControl : "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.Count > 0
                ? headers.ContentSecurityPolicy
                : "default-src 'none'; frame-ancestors 'none'";
            headers["Referrer-Policy"] = "no-referrer";
            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
