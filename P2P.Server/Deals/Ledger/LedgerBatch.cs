using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Deals.Ledger;

/// <summary>The accounts of one batch, in memory: posts transfers on them and writes all by one call of <c>ledger_post</c>.</summary>
public sealed class LedgerBatch
{
    private readonly Dictionary<Guid, Account> _accounts = [];
    private readonly HashSet<Guid> _existing = [];
    private readonly List<Account> _new = [];
    private readonly List<(Guid Id, TransferKind Kind, Guid? OrderId)> _transfers = [];
    private readonly List<(Guid Account, long Seq, Guid Transfer, string Asset, decimal Amount, byte[] Previous, byte[] Hash)> _entries = [];

    /// <summary>Takes an account that was read and locked; one that is not in the database is made by the first entry on it.</summary>
    public void Take(Account account)
    {
        _existing.Add(account.Id);
        _accounts[account.Id] = account;
    }

    public Account Available(long userId, string asset) => Get(
        new Account
        {
            Id = AccountIds.Available(userId, asset),
            Kind = AccountKind.Available,
            UserId = userId,
            Asset = asset,
            Balance = 0,
            Seq = 0,
            Head = LedgerHash.Zero,
        });

    public Account Escrow(Guid orderId, string asset) => Get(
        new Account { Id = orderId, Kind = AccountKind.Escrow, Asset = asset, Balance = 0, Seq = 0, Head = LedgerHash.Zero });

    public Account Withdrawal(Guid withdrawalId, long userId, string asset) => Get(
        new Account
        {
            Id = withdrawalId,
            Kind = AccountKind.Withdrawal,
            UserId = userId,
            Asset = asset,
            Balance = 0,
            Seq = 0,
            Head = LedgerHash.Zero,
        });

    public Account External(string asset) => Get(
        new Account { Id = AccountIds.External(asset), Kind = AccountKind.External, Asset = asset, Balance = 0, Seq = 0, Head = LedgerHash.Zero });

    public Account Fees(string asset, short slot) => Get(
        new Account
        {
            Id = AccountIds.Fees(asset, slot),
            Kind = AccountKind.Fees,
            Asset = asset,
            Slot = slot,
            Balance = 0,
            Seq = 0,
            Head = LedgerHash.Zero,
        });

    /// <summary>Posts one transfer; the amounts sum to zero, entries of zero are left out.</summary>
    /// <returns>The transfer's id.</returns>
    public Guid Post(TransferKind kind, Guid? orderId, DateTimeOffset at, params ReadOnlySpan<(Account Account, decimal Amount)> moves)
    {
        var sum = 0m;
        foreach (var (_, amount) in moves)
        {
            sum += amount;
        }

        if (sum != 0)
        {
            throw new InvalidOperationException($"A transfer of kind {kind} sums to {sum}, not to zero.");
        }

        var transfer = Ids.New();
        _transfers.Add((transfer, kind, orderId));
        foreach (var (account, amount) in moves)
        {
            if (amount != 0)
            {
                Move(account.Id, amount, transfer, kind, orderId, at);
            }
        }

        return transfer;
    }

    /// <summary>Adds the one statement that writes all of it; nothing when nothing was posted.</summary>
    public void Save(Script script, DateTimeOffset at)
    {
        if (_transfers.Count == 0)
        {
            return;
        }

        script.Read(
            "select ledger_post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            _ => { },
            Script.Of([.. _new.Select(a => a.Id)]),
            Script.Of([.. _new.Select(a => a.Kind.ToString())]),
            Script.Of([.. _new.Select(a => a.UserId)]),
            Script.Of([.. _new.Select(a => a.Kind == AccountKind.Escrow ? a.Id : (Guid?)null)]),
            Script.Of([.. _new.Select(a => a.Asset)]),
            Script.Of([.. _new.Select(a => a.Slot)]),
            Script.Of([.. _transfers.Select(t => t.Id)]),
            Script.Of([.. _transfers.Select(t => t.Kind.ToString())]),
            Script.Of([.. _transfers.Select(t => t.OrderId)]),
            Script.Of([.. _entries.Select(e => e.Account)]),
            Script.Of([.. _entries.Select(e => e.Seq)]),
            Script.Of([.. _entries.Select(e => e.Transfer)]),
            Script.Of([.. _entries.Select(e => e.Asset)]),
            Script.Of([.. _entries.Select(e => e.Amount)]),
            Script.Of([.. _entries.Select(e => e.Previous)]),
            Script.Of([.. _entries.Select(e => e.Hash)]),
            Script.Of(at));
    }

    private void Move(Guid accountId, decimal amount, Guid transfer, TransferKind kind, Guid? orderId, DateTimeOffset at)
    {
        var account = _accounts[accountId];
        var after = account.Balance + amount;
        if (after < 0 && account.Kind != AccountKind.External)
        {
            throw new InvalidOperationException($"Account {account.Id} ({account.Kind}) would fall to {after}.");
        }

        var hash = LedgerHash.Entry(account.Head, account.Id, account.Seq + 1, transfer, kind, orderId, account.Asset, amount, at);
        _entries.Add((account.Id, account.Seq + 1, transfer, account.Asset, amount, account.Head, hash));
        _accounts[account.Id] = account with { Balance = after, Seq = account.Seq + 1, Head = hash };
        if (account.Seq == 0 && !_existing.Contains(account.Id))
        {
            _new.Add(account);
        }
    }

    private Account Get(Account fallback)
    {
        if (_accounts.TryGetValue(fallback.Id, out var account))
        {
            return account;
        }

        _accounts.Add(fallback.Id, fallback);
        return fallback;
    }
}
