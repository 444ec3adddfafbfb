using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>
/// How users sign in: a bearer token, or in a hub's URL a token or a ticket. What is not opened to all needs one of them.
/// </summary>
public static class SignInSetup
{
    private const string Any = "P2P";
    private const string Tickets = "P2P-Ticket";

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<Revocations>();
        services.AddSingleton<SignInCheck>();
        services.AddSingleton<TicketFlow>();
        services.AddSingleton<SignOutFlow>();

        services.AddAuthentication(Any)
            .AddPolicyScheme(Any, null, options => options.ForwardDefaultSelector = context =>
                UrlTokens.Ticket(context.Request) is null ? JwtBearerDefaults.AuthenticationScheme : Tickets)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, TicketScheme>(Tickets, null);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<AuthSettings>(Configure);

        // Default deny: a path that says nothing of its own needs a signed-in user.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        // These two write URLs and reasons of failed tokens at Information: a token in a hub's URL must not reach a log.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Warning)
            // What breaks in here (no database) is thrown on, answered and logged by those who stand before it.
            .AddFilter("Microsoft.AspNetCore.Authentication.JwtBearer", LogLevel.Critical));
        return services;
    }

    private static void Configure(JwtBearerOptions options, AuthSettings auth)
    {
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.IncludeErrorDetails = false;
        if (auth.Authority is { } authority)
        {
            options.Authority = authority.AbsoluteUri;
            options.RequireHttpsMetadata = authority.Scheme == Uri.UriSchemeHttps;
        }

        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = auth.Issuer,
            ValidAudience = auth.Audience,
            ValidAlgorithms = auth.Algorithms,
            IssuerSigningKey = auth.SigningKey,
            ValidateIssuerSigningKey = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = SignInCheck.Skew,
            NameClaimType = CallerClaims.Sub,
            RoleClaimType = Principals.RoleClaim,
        };
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                // Without an Origin nothing says which page made the URL: such callers can set the header instead.
                if (auth.TokensInUrl && UrlTokens.Jwt(context.Request) is { } token && UrlTokens.Origin(context.Request) is not null)
                {
                    context.Token = token;
                }

                return Task.CompletedTask;
            },
            OnTokenValidated = async context =>
            {
                var check = context.HttpContext.RequestServices.GetRequiredService<SignInCheck>();
                // The handler sets the principal before this event.
                var aborted = context.HttpContext.RequestAborted;
                if (await check.Admit(context.Principal!, UrlTokens.IsHub(context.Request), aborted) is { } refusal)
                {
                    context.Fail(refusal);
                }
            },
        };
    }
}
