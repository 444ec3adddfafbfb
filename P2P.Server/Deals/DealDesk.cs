using P2P.Server.Deals.Chat;
using P2P.Server.Deals.Complaints;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Ledger;
using P2P.Server.Deals.Reviews;

namespace P2P.Server.Deals;

/// <summary>What the calls of every deal hub work with.</summary>
public sealed record DealDesk(
    WalletFlow Wallet,
    DisputeFlow Disputes,
    DisputeReadFlow DisputeReads,
    ComplaintFlow Complaints,
    ChatDesk Chat,
    ReviewDesk Reviews);
