using P2P.Client.Sdk.Generated;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk.Encryption;

/// <summary>The calls on keys, of whichever hub a client stands on.</summary>
internal sealed record KeyCalls(
    Func<RegisterDeviceRequest, CancellationToken, Task<DeviceReply>> RegisterDevice,
    Func<RevokeDeviceRequest, CancellationToken, Task<DeviceReply>> RevokeDevice,
    Func<GetDeviceKeysRequest, CancellationToken, Task<DeviceKeyLog>> GetDeviceKeys)
{
    public static KeyCalls Of(TradeHubProxy hub) => new(hub.RegisterDevice, hub.RevokeDevice, hub.GetDeviceKeys);

    public static KeyCalls Of(DealerHubProxy hub) => new(hub.RegisterDevice, hub.RevokeDevice, hub.GetDeviceKeys);
}
