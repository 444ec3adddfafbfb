using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<DeviceReply> RegisterDevice(RegisterDeviceRequest request) => desk.Flows.Keys.Register(Caller, request, Aborted);

    public Task<DeviceReply> RevokeDevice(RevokeDeviceRequest request) => desk.Flows.Keys.Revoke(Caller, request, Aborted);

    public Task<DeviceKeyLog> GetDeviceKeys(GetDeviceKeysRequest request) => desk.Flows.Keys.Log(Caller, request, Aborted);
}
