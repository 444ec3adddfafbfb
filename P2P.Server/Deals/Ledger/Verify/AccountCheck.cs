using P2P.Contracts.Deals;
using P2P.Db;
using static P2P.Contracts.WireJson;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>
/// Every account's chain of entries: no entry is missing or was changed, and the account's balance, number and head are what its entries
/// make them. Over all accounts each asset sums to zero.
/// </summary>
internal sealed class AccountCheck(Findings findings)
{
    private const int AssetCharsMax = 10;

    private readonly Dictionary<string, decimal> _sums = [];
    private readonly List<Fault> _faults = [];
    private AccountEntryRow? _account;
    private bool _isFaulty;
    private long _seq;
    private decimal _balance;
    private byte[] _head = LedgerHash.Zero;

    private bool IsFull => _faults.Count >= findings.Scope.Most;

    public static async Task Run(Tx tx, Findings findings)
    {
        findings.Begin("accounts and entries");
        var check = new AccountCheck(findings);
        await foreach (var row in VerifySql.AccountEntries(tx, findings.Scope))
        {
            findings.Row();
            check.Take(row);
        }

        check.EndAccount();
        foreach (var fault in check._faults)
        {
            findings.Add(fault.Broken is { } broken ? await Culprit(tx, broken) : fault.Violation);
        }

        if (findings.Scope.Accounts is null)
        {
            check.AddSums();
        }
    }

    private void AddSums() =>
        findings.Add(_sums.Where(sum => sum.Value != 0).OrderBy(sum => sum.Key, StringComparer.Ordinal)
            .Select(sum => new Violation("I1", $"All entries of {sum.Key} sum to {Spell(sum.Value)}, not to zero.")).FirstOrDefault());

    /// <summary>True when the row hashes to what it says.</summary>
    private static bool IsSound(AccountEntryRow row, byte[] previous) =>
        row is { Seq: { } seq, TransferId: { } transfer, Asset: { Length: <= AssetCharsMax } asset, Amount: { } amount, At: { } at }
        && Enum.TryParse<TransferKind>(row.TransferKind, out var kind)
        && LedgerHash.Entry(previous, row.AccountId, seq, transfer, kind, row.TransferOrderId, asset, amount, at).AsSpan()
            .SequenceEqual(row.Hash);

    /// <summary>An entry's hash covers its transfer, too: when all entries of the transfer are broken, it was the transfer.</summary>
    private static async Task<Violation> Culprit(Tx tx, (Guid Transfer, long Seq, Guid Account) broken)
    {
        var siblings = await VerifySql.EntriesOf(tx, broken.Transfer);
        return siblings.Count > 1 && siblings.All(row => !IsSound(row, row.Previous ?? LedgerHash.Zero))
            ? new("I9", $"Transfer {broken.Transfer} was changed: none of its entries hashes to what it says.")
            : new("I9", $"Entry {broken.Seq} of account {broken.Account} was changed: it does not hash to what it says.");
    }

    private void Take(AccountEntryRow row)
    {
        if (_account?.AccountId != row.AccountId)
        {
            EndAccount();
            BeginAccount(row);
        }

        if (row is { Seq: { } seq, Amount: { } amount, Asset: { } asset, Hash: { } hash })
        {
            findings.Counts.Entries++;
            if (!_isFaulty && !IsFull)
            {
                Judge(row, seq);
            }

            _sums[asset] = _sums.GetValueOrDefault(asset) + amount;
            (_seq, _balance, _head) = (seq, _balance + amount, hash);
        }
    }

    private void Judge(AccountEntryRow row, long seq)
    {
        if (seq != _seq + 1)
        {
            Found("I2", $"Entry {_seq + 1} of account {row.AccountId} is missing: {seq} follows {_seq}.");
        }
        else if (row.TransferKind is null)
        {
            Found("I4", $"Entry {seq} of account {row.AccountId} belongs to transfer {row.TransferId}, which is not there.");
        }
        else if (!IsSound(row, _head))
        {
            _faults.Add(new Fault(null, (row.TransferId ?? Guid.Empty, seq, row.AccountId)));
            _isFaulty = true;
        }
        else if (row.At != row.TransferAt)
        {
            Found("I9", $"Transfer {row.TransferId} was changed: its time is not that of its entries.");
        }
        else if (row.Asset != row.AccountAsset)
        {
            Found("I2", $"Entry {seq} of account {row.AccountId} is of {row.Asset}, the account of {row.AccountAsset}.");
        }
    }

    private void Found(string rule, string sentence)
    {
        _faults.Add(new Fault(new Violation(rule, sentence), null));
        _isFaulty = true;
    }

    private void BeginAccount(AccountEntryRow row)
    {
        findings.Counts.Accounts += row.AccountKind is null ? 0 : 1;
        (_account, _isFaulty) = (row, false);
        (_seq, _balance, _head) = row.BeforeSeq is { } before ? (before, row.BeforeBalance ?? 0, row.Previous ?? LedgerHash.Zero) : (0, 0, LedgerHash.Zero);
        if (row.AccountKind is not null && IdOf(row) != row.AccountId && !IsFull)
        {
            Found("I2", $"Account {row.AccountId} was changed: its id is not that of the {row.AccountKind} account that it claims to be.");
        }
    }

    private void EndAccount()
    {
        if (_account is not { } account || _isFaulty || IsFull)
        {
            return;
        }

        var id = account.AccountId;
        Violation? violation = account switch
        {
            { AccountKind: null } => new("I2", $"Account {id} is not there and has {_seq} entries."),
            _ when account.Balance != _balance =>
                new("I2", $"Account {id} has a balance of {Spell(account.Balance ?? 0)}, its entries sum to {Spell(_balance)}."),
            _ when account.AccountSeq != _seq => new("I2", $"Account {id} counts {account.AccountSeq} entries and has {_seq}."),
            _ when !_head.AsSpan().SequenceEqual(account.Head) =>
                new("I2", $"Account {id} was changed: its head is not the hash of its last entry."),
            { Balance: < 0, AccountKind: not nameof(AccountKind.External) } =>
                new("I3", $"Account {id} is below zero: {Spell(account.Balance ?? 0)}."),
            _ => null,
        };
        if (violation is not null)
        {
            _faults.Add(new Fault(violation, null));
        }
    }

    /// <summary>The id that such an account must have; escrows and withdrawals have that of what they hold for.</summary>
    private static Guid? IdOf(AccountEntryRow row) => row switch
    {
        { AccountKind: nameof(AccountKind.Available), UserId: { } user, AccountAsset: { } asset } => AccountIds.Available(user, asset),
        { AccountKind: nameof(AccountKind.External), AccountAsset: { } asset } => AccountIds.External(asset),
        { AccountKind: nameof(AccountKind.Fees), AccountAsset: { } asset, Slot: { } slot } => AccountIds.Fees(asset, slot),
        { AccountKind: nameof(AccountKind.Escrow) } => row.AccountOrderId,
        { AccountKind: nameof(AccountKind.Withdrawal) } => row.AccountId,
        _ => null,
    };

    /// <summary>What is wrong with one account: told as it is, or an entry whose transfer must be looked at first.</summary>
    private sealed record Fault(Violation? Violation, (Guid Transfer, long Seq, Guid Account)? Broken);
}

/// <summary>An account with one of its entries, and the entry's transfer; null where one of them is absent.</summary>
internal sealed record AccountEntryRow
{
    public required Guid AccountId { get; init; }

    public string? AccountKind { get; init; }

    public long? UserId { get; init; }

    public Guid? AccountOrderId { get; init; }

    public string? AccountAsset { get; init; }

    public short? Slot { get; init; }

    public decimal? Balance { get; init; }

    public long? AccountSeq { get; init; }

    public byte[]? Head { get; init; }

    public long? Seq { get; init; }

    public Guid? TransferId { get; init; }

    public string? Asset { get; init; }

    public decimal? Amount { get; init; }

    public byte[]? Hash { get; init; }

    public DateTimeOffset? At { get; init; }

    public string? TransferKind { get; init; }

    public Guid? TransferOrderId { get; init; }

    public DateTimeOffset? TransferAt { get; init; }

    /// <summary>Hash of the account's entry before this one, or before the first that is read; only where it is asked for.</summary>
    public byte[]? Previous { get; init; }

    /// <summary>Number of the last entry that is not read one by one; null for none.</summary>
    public long? BeforeSeq { get; init; }

    /// <summary>The sum of the entries up to that one.</summary>
    public decimal? BeforeBalance { get; init; }
}
