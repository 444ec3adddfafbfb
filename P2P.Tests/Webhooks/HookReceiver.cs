using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using P2P.Tests.Support;

namespace P2P.Tests.Webhooks;

/// <summary>What a receiver was sent.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>
/// An HTTPS server on an address of loopback with a certificate of its own, which the server trusts by its setting for that. It can go down and
/// come back at the same port.
/// </summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _all = new();
    private readonly X509Certificate2 _certificate;
    private readonly TestFolder _folder = new();
    private WebApplication? _app;
    private int _port;

    private HookReceiver(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The file that <c>Outside:TrustedCertificates</c> names.</summary>
    public string CertificateFile => Path.Combine(_folder.Path, "trusted.pem");

    /// <summary>Answers in place of 200; by path.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Task>> Answers { get; } = new();

    public static async Task<HookReceiver> Start()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=receiver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(HookSettings.Address));
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var receiver = new HookReceiver(X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null));
        await File.WriteAllTextAsync(receiver.CertificateFile, made.ExportCertificatePem());
        await receiver.Up();
        return receiver;
    }

    public string Url(string path, string host = HookSettings.Address) => $"https://{host}:{_port}/{path}";

    public IReadOnlyList<Received> At(string path) => [.. _all.Where(one => one.Path == "/" + path)];

    public async Task Up()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Parse(HookSettings.Address), _port, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        _app.Run(Take);
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        _port = new Uri(addresses!.Addresses.First()).Port; // Not null: it listens.
    }

    public async Task Down()
    {
        if (_app is not null)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await _app.StopAsync(soon.Token);
            await _app.DisposeAsync();
            _app = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Down();
        _certificate.Dispose();
        _folder.Dispose();
    }

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var path = context.Request.Path.Value ?? "";
        _all.Enqueue(new Received(
            path,
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            body.ToArray()));
        if (Answers.TryGetValue(path.TrimStart('/'), out var answer))
        {
            await answer(context);
        }
    }
}
