using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DemoTraders;

/// <summary>What a user does once before connecting, by REST: makes a profile and consents to the terms.</summary>
internal static class Joining
{
    /// <summary>Harmless to repeat; the server may come and go meanwhile.</summary>
    public static async Task JoinAsync(HttpClient http, Person person, string token, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await TryJoinAsync(http, person, token, stop);
                return;
            }
            catch (HttpRequestException e)
                when (e.StatusCode is null or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
            {
                // The server is away for a moment, or has much to do.
                await Task.Delay(TimeSpan.FromSeconds(1), stop);
            }
            catch (TaskCanceledException) when (!stop.IsCancellationRequested)
            {
                // The server did not answer in time.
                await Task.Delay(TimeSpan.FromSeconds(1), stop);
            }
        }
    }

    private static async Task TryJoinAsync(HttpClient http, Person person, string token, CancellationToken stop)
    {
        var check = await SendAsync(http, HttpMethod.Get, "api/p2p/profile/check", token, null, stop);
        if (!check.GetProperty("exists").GetBoolean())
        {
            var profile = new { username = person.Name, phone_number = person.Phone, has_consent = true };
            await SendAsync(http, HttpMethod.Post, "api/p2p/profile/create", token, profile, stop);
        }
        else if (!check.GetProperty("has_consent").GetBoolean())
        {
            // The operator has published new terms since.
            var terms = await SendAsync(http, HttpMethod.Get, "api/p2p/terms", token, null, stop);
            var consent = new { terms_version = terms.GetProperty("version").GetInt32() };
            await SendAsync(http, HttpMethod.Post, "api/p2p/profile/consent", token, consent, stop);
        }
    }

    private static async Task<JsonElement> SendAsync(
        HttpClient http, HttpMethod method, string path, string token, object? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await http.SendAsync(request, stop);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(stop);
        return answer.GetProperty("success").GetBoolean()
            ? answer.GetProperty("data")
            : throw new HttpRequestException($"{path}: {answer.GetProperty("error").GetString()}", null, response.StatusCode);
    }
}
