using System.Buffers.Text;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Encryption;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Keys;

/// <summary>
/// A user's keys changed, in the change's transaction: features above tell those whom it concerns. It may lock rooms, and event streams not at all.
/// </summary>
public delegate Task OnKeysChanged(Change change, KeysChanged changed);

/// <summary>Adds and revokes devices, and shows key logs.</summary>
public sealed class KeyFlow(Database database, RequestLog requests, IEnumerable<OnKeysChanged> listeners)
{
    public Task<DeviceReply> Register(Caller caller, RegisterDeviceRequest request, CancellationToken cancellation)
    {
        var statement = KeyRules.Read(request.Statement, KeyStatementKind.Add, caller.UserId);
        KeyRules.CheckAdded(statement);
        var name = Name(request.Name);
        return requests.Once(
            caller, nameof(IKeyCalls.RegisterDevice), request, change => Register(change, caller, statement, name), cancellation);
    }

    public Task<DeviceReply> Revoke(Caller caller, RevokeDeviceRequest request, CancellationToken cancellation)
    {
        var statement = KeyRules.Read(request.Statement, KeyStatementKind.Revoke, caller.UserId);
        return requests.Once(
            caller, nameof(IKeyCalls.RevokeDevice), request, change => Revoke(change, caller, statement), cancellation);
    }

    public async Task<DeviceKeyLog> Log(Caller caller, GetDeviceKeysRequest request, CancellationToken cancellation)
    {
        var userId = request.ProfileId ?? caller.UserId;
        var rows = await database.Read(
            async tx => userId == caller.UserId || await KeySql.ProfileExists(tx, userId)
                ? (await KeySql.Log(tx, userId)).ToList()
                : throw new Refused(ErrorCodes.NotFound, "There is no such profile."),
            cancellation);
        return new DeviceKeyLog
        {
            ProfileId = userId,
            Entries =
            [
                .. rows.Select(row => new DeviceKeyEntry
                {
                    Seq = row.Seq,
                    Statement = Base64Url.EncodeToString(row.Statement),
                    Name = userId == caller.UserId ? row.Name : null,
                    At = row.At,
                }),
            ],
        };
    }

    private async Task<DeviceReply> Register(Change change, Caller caller, KeyStatement statement, string? name)
    {
        await CheckNext(change.Tx, caller, statement);
        if (await KeySql.IsKnown(change.Tx, statement.KeyId))
        {
            throw new Refused(ErrorCodes.AlreadyDone, "This device is in a key log already.");
        }

        var devices = await KeySql.Devices(change.Tx, [caller.UserId]);
        return KeyRules.CannotAdd(devices.Count(device => device.IsActive), statement.Seq - 1) is { } reason
            ? throw new Refused(reason)
            : await Append(change, statement, name);
    }

    private async Task<DeviceReply> Revoke(Change change, Caller caller, KeyStatement statement)
    {
        await CheckNext(change.Tx, caller, statement);
        var devices = (await KeySql.Devices(change.Tx, [caller.UserId])).ToList();
        KeyRules.CheckRevoked(statement, Of(statement.SignerId), Of(statement.KeyId));
        return await Append(change, statement, name: null);

        DeviceRow? Of(byte[] keyId) => devices.Find(device => device.KeyId.AsSpan().SequenceEqual(keyId));
    }

    private static async Task CheckNext(Tx tx, Caller caller, KeyStatement statement)
    {
        _ = await KeySql.LockOwner(tx, caller.UserId) ?? throw new Refused(ErrorCodes.NotJoinedP2P, ProfileFlow.NotJoined);
        var newest = (await KeySql.Log(tx, caller.UserId)).LastOrDefault();
        new ChainHead(newest?.Seq ?? 0, newest?.Link ?? KeyStatement.First(caller.UserId)).Check(statement.Seq - 1, statement.Previous);
    }

    private async Task<DeviceReply> Append(Change change, KeyStatement statement, string? name)
    {
        var at = await change.Now();
        await KeySql.Append(change.Tx, statement, name, at);
        var changed = new KeysChanged
        {
            ProfileId = statement.UserId,
            Change = statement.Kind,
            KeyId = Base64Url.EncodeToString(statement.KeyId),
            Seq = statement.Seq,
        };
        change.Tell(PendingEvent.For(statement.UserId, Audience.All, nameof(IAccountClient.KeysChanged), changed));
        foreach (var listener in listeners)
        {
            await listener(change, changed);
        }

        return new DeviceReply { KeyId = changed.KeyId, Seq = statement.Seq, Head = Base64Url.EncodeToString(statement.Link), At = at };
    }

    private static string? Name(string? text) => CleanText.Line(text) is not { } name || name.Length <= Limits.DeviceNameCharsMax
        ? CleanText.Line(text)
        : throw new Refused(ErrorCodes.BadInput, $"A device's name has at most {Limits.DeviceNameCharsMax} characters.", ("path", "name"));
}
