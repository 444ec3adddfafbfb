using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Deals.Chat;

/// <summary>
/// Whether somebody who is no party may read an order's room: the arbitrator to whom its dispute is assigned. The last one that is registered
/// counts; without any nobody may. Whoever lets somebody read also keeps the record of it.
/// </summary>
public delegate Task<bool> ChatReaders(Tx tx, GetMessagesRequest request, OutsideReader reader);
