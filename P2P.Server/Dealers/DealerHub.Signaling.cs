using P2P.Contracts.Dealers;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Dealers;

public sealed partial class DealerHub
{
    [Rate(RateClass.Signals)]
    public Task SendSignal(SendSignalRequest request) => dealers.Signals.Signal(Caller, request, Aborted);

    [Rate(RateClass.Relay)]
    public Task Relay(RelayRequest request) => dealers.Signals.Relay(Caller, request, Aborted);

    public Task<IceServers> GetIceServers() => dealers.Ice.Get(Caller, Aborted);
}
