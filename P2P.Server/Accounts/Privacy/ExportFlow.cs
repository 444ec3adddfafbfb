using System.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Privacy;

/// <summary>
/// Writes all that is known of a user into a file that nobody else sees and that ends with its reader: one snapshot of the database, a
/// bounded number of rows in memory, and no database connection while the caller reads.
/// </summary>
public sealed class ExportFlow(
    Database database, PrivacySettings settings, IEnumerable<ExportSource> sources, IEnumerable<ExportGap> gaps) : IDisposable
{
    private const int AtOnceMax = 4;
    private const int SecondsMax = 60;
    private const int BusyRetryMs = 5_000;
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly byte[] Comma = ",\n"u8.ToArray();

    private readonly SemaphoreSlim _atOnce = new(AtOnceMax);

    /// <summary>The export, from its beginning; whoever disposes it removes it.</summary>
    public async Task<Stream> Write(Caller caller, CancellationToken cancellation)
    {
        if (!await _atOnce.WaitAsync(TimeSpan.Zero, cancellation))
        {
            throw Refused.Transient(ErrorCodes.Busy, "Others take their data along right now. Try again", BusyRetryMs);
        }

        try
        {
            var at = await Count(caller, cancellation);
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            time.CancelAfter(TimeSpan.FromSeconds(SecondsMax));
            return await WriteFile(caller, at, time.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Refused.Transient(ErrorCodes.Timeout, "Your data took too long to gather. Try again later", BusyRetryMs);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public void Dispose() => _atOnce.Dispose();

    private Task<DateTimeOffset> Count(Caller caller, CancellationToken cancellation) => database.Write(
        async tx =>
        {
            await PrivacySql.Claim(tx, caller.UserId);
            var now = await RequestSql.Now(tx);
            var lately = (await PrivacySql.ExportsSince(tx, caller.UserId, now - Day, settings.ExportsPerDay)).ToList();
            if (lately.Count >= settings.ExportsPerDay)
            {
                throw Refused.Transient(
                    ErrorCodes.RateLimited,
                    $"Your data can be taken along {settings.ExportsPerDay} times a day. Try again later",
                    (int)(lately[^1] + Day - now).TotalMilliseconds);
            }

            await PrivacySql.CountExport(tx, caller.UserId, now);
            return now;
        },
        cancellation);

    private async Task<Stream> WriteFile(Caller caller, DateTimeOffset at, CancellationToken cancellation)
    {
        var file = Create();
        try
        {
            await database.Snapshot(
                async tx =>
                {
                    await PrivacySql.AllowSeconds(tx, SecondsMax);
                    await WriteAll(tx, file, caller, at);
                    return 0;
                },
                cancellation);
            await file.FlushAsync(cancellation);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task WriteAll(Tx tx, Stream file, Caller caller, DateTimeOffset at)
    {
        var head = JsonSerializer.Serialize(
            new { format = "p2p-export-1", user_id = caller.UserId, exported_at = WireJson.Spell(at) });
        var leftOut = JsonSerializer.Serialize(gaps.DistinctBy(gap => gap.What).ToDictionary(gap => gap.What, gap => gap.Why));
        await Text(tx, file, $"{head[..^1]},\n\"left_out\":{leftOut},\n\"data\":{{");
        var isFirstPart = true;
        foreach (var source in sources)
        {
            await Text(tx, file, $"{(isFirstPart ? "" : ",")}\n\"{source.Name}\":[");
            isFirstPart = false;
            var isFirstRow = true;
            await PrivacySql.EachRow(tx, source, caller.UserId, async row =>
            {
                if (!isFirstRow)
                {
                    await file.WriteAsync(Comma, tx.Cancellation);
                }

                isFirstRow = false;
                await Text(tx, file, row);
            });
            await Text(tx, file, "]");
        }

        await Text(tx, file, "\n}}\n");
    }

    private static async Task Text(Tx tx, Stream file, string text) => await file.WriteAsync(Encoding.UTF8.GetBytes(text), tx.Cancellation);

    private static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = BufferBytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"p2p-export-{Ids.New():N}"), options);
    }
}
