using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Encryption;
using P2P.Contracts.Accounts;
using P2P.Contracts.Encryption;

namespace P2P.Tests.Encryption;

/// <summary>A device that registers by hand and signs what it should not.</summary>
internal sealed class TestDevice(P2PClient client)
{
    private readonly Device _device = Device.Make();

    public byte[] KeyId => _device.KeyId;

    public async Task<TestDevice> Register()
    {
        var id = client.Me!.Id; // Connected before.
        var log = await client.Hub.GetDeviceKeys(new GetDeviceKeysRequest());
        var links = KeyLog.Read(log).Links;
        var head = links.Count > 0 ? links[^1] : KeyStatement.First(id);
        var statement = KeyStatement.Add(id, log.Entries.Count + 1, head, _device.SigningKey, _device.AgreementKey, _device.Sign);
        await client.Hub.RegisterDevice(new RegisterDeviceRequest
        {
            RequestId = Guid.CreateVersion7(),
            Statement = Base64Url.EncodeToString(statement.Bytes),
        });
        return this;
    }

    public Envelope Message(EnvelopeHead head) =>
        Envelope.Sign(head, RoomSeal.MessageBody(head, RandomNumberGenerator.GetBytes(32), MessageContent.Of("?")), _device.Sign);
}

/// <summary>A store that gives away what it keeps.</summary>
internal sealed class RecordingStore : IKeyStore
{
    private readonly MemoryKeyStore _inner = new();
    private readonly ConcurrentDictionary<string, byte[]> _saved = [];

    public ValueTask<byte[]?> LoadAsync(string name, CancellationToken cancellationToken) => _inner.LoadAsync(name, cancellationToken);

    public ValueTask SaveAsync(string name, byte[] value, CancellationToken cancellationToken)
    {
        _saved[name] = value;
        return _inner.SaveAsync(name, value, cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => _inner.ListAsync(cancellationToken);

    public ValueTask FillAsync(IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken) => _inner.FillAsync(values, cancellationToken);

    /// <summary>The private numbers of the device's keys, and the rooms' keys.</summary>
    public IEnumerable<byte[]> Secrets()
    {
        using var device = JsonDocument.Parse(_saved["device"]);
        foreach (var name in new[] { "Signing", "Agreement" })
        {
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(device.RootElement.GetProperty(name).GetBytesFromBase64(), out _);
            yield return key.ExportParameters(includePrivateParameters: true).D!; // A private key has it.
        }

        foreach (var room in _saved.Where(saved => saved.Key.StartsWith("room.", StringComparison.Ordinal)))
        {
            foreach (var key in RoomPin.Read(room.Value)!.Keys.Values) // Not null: it was written.
            {
                yield return key;
            }
        }
    }
}

/// <summary>Looks for bytes in every column of every table: as they are, as hex, and as base64 of either alphabet.</summary>
internal sealed class DatabaseScan(string superuser)
{
    /// <summary>The columns that hold them.</summary>
    public async Task<List<string>> Find(byte[] what)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
        var columns = new List<(string Table, string Column, bool IsBytes)>();
        await using (var list = new NpgsqlCommand(
            """
            select c.table_name::text, c.column_name::text, c.data_type = 'bytea'
              from information_schema.columns c
              join pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name
             where c.table_schema = 'public'
               and c.data_type in ('text', 'bytea', 'jsonb', 'json', 'character varying', 'ARRAY')
            """,
            connection))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                columns.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)));
            }
        }

        // One statement for all: a union of the columns' counts.
        var parts = columns.Select(column => column.IsBytes
            ? Part(column.Table, column.Column, $"position(@bytes in {column.Column}) > 0")
            : Part(column.Table, column.Column, $"{column.Column}::text like any(@texts)"));
        await using var find = new NpgsqlCommand(string.Join("\nunion all\n", parts), connection);
        find.Parameters.AddWithValue("bytes", what);
        find.Parameters.AddWithValue("texts", Spellings(what).Select(text => $"%{text.Replace("_", "\\_", StringComparison.Ordinal)}%").ToArray());
        await using var found = await find.ExecuteReaderAsync();
        var places = new List<string>();
        while (await found.ReadAsync())
        {
            places.Add(found.GetString(0));
        }

        return places;
    }

    private static string Part(string table, string column, string holds) =>
        $"select '{table}.{column}' as place where exists (select 1 from {table} where {holds})";

    private static IEnumerable<string> Spellings(byte[] what)
    {
        yield return Convert.ToHexStringLower(what);
        yield return Convert.ToHexString(what);
        // Base64 at each of its three offsets, without the symbols that neighbours touch.
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Base64Url.EncodeToString([.. new byte[offset], .. what]);
            var inner = text[(offset == 0 ? 0 : offset + 1)..^2];
            yield return inner;
            yield return inner.Replace('-', '+').Replace('_', '/');
        }

        if (what.All(one => one is >= 32 and < 127))
        {
            yield return System.Text.Encoding.ASCII.GetString(what);
        }
    }
}
