using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;

namespace P2P.Tests.Accounts.Support;

/// <summary>An answer of the REST paths.</summary>
public sealed record RestAnswer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public JsonElement Data => Body.GetProperty("data");

    public JsonElement Profile => Data.GetProperty("profile");

    public string? Error => Text("error");

    public string? Code => Text("code");

    public string? Message => Text("message");

    private string? Text(string member) => Body.TryGetProperty(member, out var value) ? value.GetString() : null;
}

/// <summary>A caller of the REST paths.</summary>
public sealed class RestUser(AccountsServer server, string sub, string? token)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public string Sub => sub;

    public string? Token => token;

    public async Task<Caller> Caller() => new(await server.Services.GetUserDirectory().IdOf(sub, default), sub);

    public RestUser With(string? otherToken) => new(server, sub, otherToken);

    public Task<RestAnswer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<RestAnswer> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body is null ? null : Json(JsonSerializer.Serialize(body)), headers);

    public Task<RestAnswer> Put(string path, object body) => Send(HttpMethod.Put, path, Json(JsonSerializer.Serialize(body)));

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public async Task<RestAnswer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Address, path.StartsWith('/') ? path : $"/api/p2p/{path}"));
        request.Content = content;
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new RestAnswer((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(text), response.Headers);
    }
}

/// <summary>Short ways to the server's services.</summary>
public static class ServerServices
{
    public static UserDirectory GetUserDirectory(this IServiceProvider services) =>
        (UserDirectory)(services.GetService(typeof(UserDirectory)) ?? throw new InvalidOperationException("No user directory."));
}
