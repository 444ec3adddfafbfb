using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using P2P.Server.Accounts.Files.Store;

namespace P2P.Tests.Files;

/// <summary>The S3-compatible store, against a listener that checks each signature by its own reading of the standard.</summary>
public sealed partial class S3StoreTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly string Name = new('a', 32);

    [Test]
    public void The_signing_key_is_that_of_the_published_example() =>
        Convert.ToHexStringLower(S3Signature.Key(Secret, "20120215", "us-east-1", "iam"))
            .ShouldBe("f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");

    [Test]
    public void The_signature_is_that_of_the_published_example()
    {
        var settings = new S3Settings
        {
            Region = "us-east-1",
            Bucket = "examplebucket",
            AccessKey = "AKIAIOSFODNN7EXAMPLE",
            SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/test.txt");
        request.Headers.Add("Range", "bytes=0-9");
        var empty = Convert.ToHexStringLower(SHA256.HashData([]));
        S3Signature.Sign(request, settings, empty, new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        request.Headers.GetValues("Authorization").Single().ShouldEndWith(
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    [Test]
    public async Task What_is_put_is_got_and_what_is_deleted_is_gone()
    {
        await using var s3 = new Listener();
        using var store = new S3Store(s3.Settings, TimeProvider.System);
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        await store.Put(Name, new MemoryStream(bytes), bytes.Length, SHA256.HashData(bytes), Bounded());
        await using (var read = await store.Get(Name, Bounded()))
        {
            using var back = new MemoryStream();
            await read.CopyToAsync(back, Bounded());
            back.ToArray().ShouldBe(bytes);
        }

        await store.Delete(Name, Bounded());
        await store.Delete(Name, Bounded());
        await Should.ThrowAsync<FileStoreException>(() => store.Get(Name, Bounded()));
        s3.Checked.ShouldBe(5, "Every request was signed rightly.");
    }

    [Test]
    public async Task A_wrong_secret_a_wrong_hash_and_a_dead_service_are_failures_of_the_store()
    {
        await using var s3 = new Listener();
        using (var wrong = new S3Store(s3.Settings with { SecretKey = "wrong" }, TimeProvider.System))
        {
            await Should.ThrowAsync<FileStoreException>(() => wrong.Put(Name, new MemoryStream([1]), 1, SHA256.HashData([1]), Bounded()));
        }

        using (var right = new S3Store(s3.Settings, TimeProvider.System))
        {
            await Should.ThrowAsync<FileStoreException>(() => right.Put(Name, new MemoryStream([1]), 1, SHA256.HashData([2]), Bounded()));
        }

        using var dead = new S3Store(s3.Settings with { Endpoint = "http://127.0.0.1:9" }, TimeProvider.System);
        await Should.ThrowAsync<FileStoreException>(() => dead.Delete(Name, Bounded()));
        await Should.ThrowAsync<InvalidOperationException>(() => dead.Delete("../etc/passwd", Bounded()));
    }

    private static CancellationToken Bounded() => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    /// <summary>A bucket in memory.</summary>
    private sealed partial class Listener : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, byte[]> _objects = new();
        private readonly HttpListener _http;
        private readonly Task _loop;
        private volatile bool _ended;

        public Listener()
        {
            (_http, var port) = Start();
            Settings = new S3Settings
            {
                Endpoint = $"http://127.0.0.1:{port}/",
                Region = "here-1",
                Bucket = "a-bucket",
                AccessKey = "an-access-key",
                SecretKey = Secret,
            };
            _loop = Serve();
        }

        public S3Settings Settings { get; }

        /// <summary>How many requests bore the right signature.</summary>
        public int Checked { get; private set; }

        public async ValueTask DisposeAsync()
        {
            _ended = true;
            _http.Stop();
            await _loop;
            ((IDisposable)_http).Dispose();
        }

        private static (HttpListener Http, int Port) Start()
        {
            for (var tries = 0; ; tries++)
            {
                var port = RandomNumberGenerator.GetInt32(20_000, 30_000);
                var http = new HttpListener();
                http.Prefixes.Add($"http://127.0.0.1:{port}/");
                try
                {
                    http.Start();
                    return (http, port);
                }
                catch (HttpListenerException) when (tries < 20)
                {
                    // Another program has this port: the next one.
                    ((IDisposable)http).Dispose();
                }
            }
        }

        private async Task Serve()
        {
            while (!_ended)
            {
                try
                {
                    await Answer(await _http.GetContextAsync());
                }
                catch (Exception e) when (_ended && e is HttpListenerException or ObjectDisposedException)
                {
                    // The test has ended.
                    return;
                }
            }
        }

        private async Task Answer(HttpListenerContext context)
        {
            var request = context.Request;
            using var body = new MemoryStream();
            await request.InputStream.CopyToAsync(body);
            var path = request.Url?.AbsolutePath ?? "";
            context.Response.StatusCode = (IsSigned(request, path, body.ToArray()), request.HttpMethod) switch
            {
                (false, _) => 403,
                (true, "PUT") => Put(path, body.ToArray()),
                (true, "DELETE") => _objects.TryRemove(path, out _) ? 204 : 404,
                (true, "GET") => _objects.ContainsKey(path) ? 200 : 404,
                _ => 405,
            };
            if (context.Response.StatusCode == 200 && request.HttpMethod == "GET")
            {
                await context.Response.OutputStream.WriteAsync(_objects[path]);
            }

            context.Response.Close();
        }

        private int Put(string path, byte[] bytes)
        {
            _objects[path] = bytes;
            return 200;
        }

        private bool IsSigned(HttpListenerRequest request, string path, byte[] body)
        {
            var sent = Authorization().Match(request.Headers["Authorization"] ?? "");
            var (day, names) = (sent.Groups["day"].Value, sent.Groups["names"].Value);
            var hash = Convert.ToHexStringLower(SHA256.HashData(body));
            var lines = string.Concat(names.Split(';').Select(name => name + ":" + request.Headers[name] + "\n"));
            var canonical = string.Join('\n', request.HttpMethod, path, "", lines, names, hash);
            var text = string.Join(
                '\n',
                "AWS4-HMAC-SHA256",
                request.Headers["x-amz-date"],
                $"{day}/here-1/s3/aws4_request",
                Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(canonical))));
            var key = Encoding.ASCII.GetBytes("AWS4" + Secret);
            foreach (var part in new[] { day, "here-1", "s3", "aws4_request", text })
            {
                key = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(part));
            }

            var right = names == "host;x-amz-content-sha256;x-amz-date"
                && request.Headers["x-amz-content-sha256"] == hash
                && sent.Groups["signature"].Value == Convert.ToHexStringLower(key);
            Checked += right ? 1 : 0;
            return right;
        }

        [GeneratedRegex(
            "^AWS4-HMAC-SHA256 Credential=an-access-key/(?<day>[0-9]{8})/here-1/s3/aws4_request, SignedHeaders=(?<names>[^,]+), Signature=(?<signature>[0-9a-f]{64})$")]
        private static partial Regex Authorization();
    }
}
