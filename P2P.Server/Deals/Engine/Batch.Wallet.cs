using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.House;
using P2P.Server.Deals.Ledger;

namespace P2P.Server.Deals.Engine;

/// <summary>Deposits and withdrawals.</summary>
public sealed partial class Batch
{
    private WalletReply Credit(Deposit command)
    {
        var ledger = _set.Ledger;
        if (_deposits.TryGetValue(command.ExternalReference, out var known))
        {
            return known.UserId == command.SubjectId && known.Asset == command.Asset && known.Amount == command.Amount
                ? new WalletReply { Asset = known.Asset, Available = _set.AvailableOf(known.UserId, known.Asset) }
                : throw new Refused(ErrorCodes.ExternalReferenceReused, "This reference was credited before with another body.");
        }

        var transfer = ledger.Post(
            TransferKind.Deposit,
            null,
            _set.Now,
            (ledger.External(command.Asset), -command.Amount),
            (ledger.Available(command.SubjectId, command.Asset), command.Amount));
        var row = new DepositRow
        {
            ExternalRef = command.ExternalReference,
            UserId = command.SubjectId,
            Asset = command.Asset,
            Amount = command.Amount,
            TransferId = transfer,
        };
        _deposits.Add(row.ExternalRef, row);
        _newDeposits.Add(row);
        TellBalance(command.SubjectId, command.Asset, TransferKind.Deposit, command.Amount, null, null);
        return new WalletReply { Asset = command.Asset, Available = _set.AvailableOf(command.SubjectId, command.Asset) };
    }

    private WalletReply Withdraw(RequestWithdrawal command)
    {
        if (_set.StandingOf(command.UserId).Suspended)
        {
            throw new Refused(ErrorCodes.Suspended, "Your account is suspended.");
        }

        RefuseWhilePaused(SwitchRow.Releases);

        var ledger = _set.Ledger;
        var available = _set.AvailableOf(command.UserId, command.Asset);
        if (available < command.Amount)
        {
            throw new Refused(
                ErrorCodes.InsufficientBalance,
                $"You have {WireJson.Spell(available)} {command.Asset} available.",
                ("asset", command.Asset),
                ("available", WireJson.Spell(available)),
                ("needed", WireJson.Spell(command.Amount)));
        }

        ledger.Post(
            TransferKind.WithdrawalHold,
            null,
            _set.Now,
            (ledger.Available(command.UserId, command.Asset), -command.Amount),
            (ledger.Withdrawal(command.WithdrawalId, command.UserId, command.Asset), command.Amount));
        SaveWithdrawal(new WithdrawalRow
        {
            Id = command.WithdrawalId,
            UserId = command.UserId,
            Asset = command.Asset,
            Amount = command.Amount,
            Destination = command.Destination,
            Status = WithdrawalStatus.Requested,
        });
        TellBalance(command.UserId, command.Asset, TransferKind.WithdrawalHold, -command.Amount, null, command.WithdrawalId);
        return new WalletReply
        {
            Asset = command.Asset,
            Available = _set.AvailableOf(command.UserId, command.Asset),
            WithdrawalId = command.WithdrawalId,
        };
    }

    private WalletReply End(EndWithdrawal command)
    {
        var row = _withdrawals.GetValueOrDefault(command.WithdrawalId) ?? throw NotFound("withdrawal");
        var status = command.Settled ? WithdrawalStatus.Settled : WithdrawalStatus.Returned;
        if (row.Status != WithdrawalStatus.Requested)
        {
            return row.Status == status && row.ExternalRef == command.ExternalReference
                ? new WalletReply { Asset = row.Asset, Available = _set.AvailableOf(row.UserId, row.Asset), WithdrawalId = row.Id }
                : throw new Refused(ErrorCodes.WrongStatus, $"This withdrawal has ended: {row.Status}.", ("status", row.Status.ToString()));
        }

        var ledger = _set.Ledger;
        var held = ledger.Withdrawal(row.Id, row.UserId, row.Asset);
        if (command.Settled)
        {
            ledger.Post(TransferKind.WithdrawalSettled, null, _set.Now, (held, -row.Amount), (ledger.External(row.Asset), row.Amount));
        }
        else
        {
            ledger.Post(TransferKind.WithdrawalReturned, null, _set.Now, (held, -row.Amount), (ledger.Available(row.UserId, row.Asset), row.Amount));
        }

        SaveWithdrawal(row with { Status = status, ExternalRef = command.ExternalReference });
        TellBalance(
            row.UserId,
            row.Asset,
            command.Settled ? TransferKind.WithdrawalSettled : TransferKind.WithdrawalReturned,
            command.Settled ? 0 : row.Amount,
            null,
            row.Id);
        return new WalletReply { Asset = row.Asset, Available = _set.AvailableOf(row.UserId, row.Asset), WithdrawalId = row.Id };
    }

    private void SaveWithdrawal(WithdrawalRow row)
    {
        _withdrawals[row.Id] = row;
        _changedWithdrawals.Add(row.Id);
    }
}
