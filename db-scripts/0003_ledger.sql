-- The ledger: double entry, append-only, hash-chained. Its only door is ledger_post.

create table assets (
    code        text          not null,
    name        text          not null,
    scale       smallint      not null,
    fee_rate    numeric(9, 8) not null default 0,
    faucet_max  numeric(28, 8) not null default 0,
    constraint assets_pkey primary key (code),
    constraint assets_code_shape check (code ~ '^[A-Z0-9]{2,10}$'),
    constraint assets_scale_known check (scale between 0 and 8),
    constraint assets_fee_is_a_part check (fee_rate >= 0 and fee_rate < 0.1)
);
comment on table assets is 'What the ledger counts. fee_rate is the maker''s fee as a part of the traded amount. Written by scripts and the operator.';

create table accounts (
    id        uuid           not null,
    kind      text           not null,
    user_id   bigint,
    order_id  uuid,
    asset     text           not null,
    slot      smallint,
    balance   numeric(28, 8) not null default 0,
    seq       bigint         not null default 0,
    head      bytea          not null default decode(repeat('00', 32), 'hex'),
    constraint accounts_pkey primary key (id),
    constraint accounts_asset_fkey foreign key (asset) references assets (code),
    constraint accounts_kind_known check (kind in ('Available', 'Escrow', 'Withdrawal', 'External', 'Fees')),
    constraint accounts_never_negative check (balance >= 0 or kind = 'External'),
    constraint accounts_owner_fits_kind check (
        case kind
            when 'Available'  then user_id is not null and order_id is null and slot is null
            when 'Escrow'     then user_id is null and order_id = id and slot is null
            when 'Withdrawal' then user_id is not null and order_id is null and slot is null
            when 'External'   then user_id is null and order_id is null and slot is null
            else user_id is null and order_id is null and slot between 0 and 7
        end)
) with (fillfactor = 60);
comment on table accounts is 'Available: a user''s free balance of one asset. Escrow: one an order, under the order''s id. Withdrawal: one a withdrawal, under its id. External: the outside. Fees: the operator''s, a slot a node. Moved by ledger_post only.';

create unique index accounts_available on accounts (user_id, asset) where kind = 'Available';
create unique index accounts_external on accounts (asset) where kind = 'External';
create unique index accounts_fees on accounts (asset, slot) where kind = 'Fees';
create index accounts_withdrawal on accounts (user_id, asset) where kind = 'Withdrawal' and balance > 0;

create table transfers (
    id        uuid        not null,
    kind      text        not null,
    order_id  uuid,
    at        timestamptz not null,
    constraint transfers_pkey primary key (id),
    constraint transfers_kind_known check (kind in ('Deposit', 'Hold', 'Release', 'Refund', 'Split',
        'WithdrawalHold', 'WithdrawalSettled', 'WithdrawalReturned')),
    constraint transfers_order_fits_kind check ((order_id is not null) = (kind in ('Hold', 'Release', 'Refund', 'Split')))
);
comment on table transfers is 'Why value moved. An order has at most one hold and at most one resolution. Written by ledger_post only.';

create unique index transfers_one_hold on transfers (order_id) where kind = 'Hold';
create unique index transfers_one_resolution on transfers (order_id) where kind in ('Release', 'Refund', 'Split');

create table entries (
    account_id   uuid           not null,
    seq          bigint         not null,
    transfer_id  uuid           not null,
    asset        text           not null,
    amount       numeric(28, 8) not null,
    hash         bytea          not null,
    at           timestamptz    not null,
    constraint entries_pkey primary key (account_id, seq),
    constraint entries_move_something check (amount <> 0),
    constraint entries_hash_is_sha256 check (length(hash) = 32)
);
comment on table entries is 'What moved: at least two entries a transfer, summing to zero by asset, each chained to the account''s former one. Written by ledger_post only.';

create index entries_by_transfer on entries (transfer_id);

create trigger accounts_never_removed before delete or truncate on accounts for each statement execute function refuse_change();
create trigger transfers_append_only before update or delete or truncate on transfers for each statement execute function refuse_change();
create trigger entries_append_only before update or delete or truncate on entries for each statement execute function refuse_change();

create function entries_sum_to_zero() returns trigger
language plpgsql as $$
begin
    if exists (select 1 from inserted i group by i.transfer_id, i.asset having sum(i.amount) <> 0) then
        raise exception 'the entries of a transfer do not sum to zero' using errcode = 'P2P03';
    end if;
    return null;
end
$$;

create trigger entries_balanced after insert on entries
    referencing new table as inserted
    for each statement execute function entries_sum_to_zero();

-- Locks accounts in the global order and reads them. The application's role may not update accounts, so it could not lock them by itself.
create function ledger_lock(p_ids uuid[])
returns table (id uuid, kind text, user_id bigint, asset text, slot smallint, balance numeric, seq bigint, head bytea)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    return query
    select a.id, a.kind, a.user_id, a.asset, a.slot, a.balance, a.seq, a.head
      from accounts a
     where a.id = any(p_ids)
     order by a.id
       for no key update;
end
$$;
revoke all on function ledger_lock(uuid[]) from public;

-- Whether an entry may stand in a transfer of its kind: whose account it moves, in which direction and, for orders, by how much. The order's row is
-- saved before the ledger is posted.
create function ledger_allows(p_kind text, p_account_kind text, p_account uuid, p_user bigint, p_amount numeric,
    p_order uuid, p_buyer bigint, p_seller bigint, p_held numeric, p_fee numeric)
returns boolean
language sql immutable as $$
    select case p_kind
        when 'Hold' then
               (p_account_kind = 'Available' and p_user = p_seller and p_amount = -p_held)
            or (p_account_kind = 'Escrow' and p_account = p_order and p_amount = p_held)
        when 'Release' then
               (p_account_kind = 'Escrow' and p_account = p_order and p_amount = -p_held)
            or (p_account_kind = 'Available' and p_user = p_buyer and p_amount = p_held - p_fee)
            or (p_account_kind = 'Fees' and p_amount = p_fee)
        when 'Refund' then
               (p_account_kind = 'Escrow' and p_account = p_order and p_amount = -p_held)
            or (p_account_kind = 'Available' and p_user = p_seller and p_amount = p_held)
        when 'Deposit' then
               (p_account_kind = 'External' and p_amount < 0) or (p_account_kind = 'Available' and p_amount > 0)
        when 'WithdrawalHold' then
               (p_account_kind = 'Available' and p_amount < 0) or (p_account_kind = 'Withdrawal' and p_amount > 0)
        when 'WithdrawalSettled' then
               (p_account_kind = 'Withdrawal' and p_amount < 0) or (p_account_kind = 'External' and p_amount > 0)
        when 'WithdrawalReturned' then
               (p_account_kind = 'Withdrawal' and p_amount < 0) or (p_account_kind = 'Available' and p_amount > 0)
        else false
    end
$$;

-- Takes a whole batch: new accounts, transfers, entries with their links. Moves balance, seq and head by what it inserted, and refuses a first link
-- that is not its account's head. The caller has locked the accounts.
create function ledger_post(
    p_new_ids uuid[], p_new_kinds text[], p_new_users bigint[], p_new_orders uuid[], p_new_assets text[], p_new_slots smallint[],
    p_transfer_ids uuid[], p_transfer_kinds text[], p_transfer_orders uuid[],
    p_accounts uuid[], p_seqs bigint[], p_transfers uuid[], p_assets text[], p_amounts numeric[], p_previous bytea[], p_hashes bytea[],
    p_at timestamptz)
returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    moved     integer;
    expected  integer;
begin
    if cardinality(p_new_ids) > 0 then
        insert into accounts (id, kind, user_id, order_id, asset, slot)
        select x.id, x.kind, x.user_id, x.order_id, x.asset, x.slot
          from unnest(p_new_ids, p_new_kinds, p_new_users, p_new_orders, p_new_assets, p_new_slots) x(id, kind, user_id, order_id, asset, slot);
    end if;

    insert into transfers (id, kind, order_id, at)
    select x.id, x.kind, x.order_id, p_at from unnest(p_transfer_ids, p_transfer_kinds, p_transfer_orders) x(id, kind, order_id);

    insert into entries (account_id, seq, transfer_id, asset, amount, hash, at)
    select x.account_id, x.seq, x.transfer_id, x.asset, x.amount, x.hash, p_at
      from unnest(p_accounts, p_seqs, p_transfers, p_assets, p_amounts, p_hashes) x(account_id, seq, transfer_id, asset, amount, hash);

    if exists (select 1 from unnest(p_transfers) t(id) where not (t.id = any(p_transfer_ids))) then
        raise exception 'ledger_post: an entry of a transfer that is not in the batch' using errcode = 'P2P04';
    end if;

    -- Each transfer moves what its kind may move, of one user and asset, and has at least two entries.
    if exists (
        select 1
          from unnest(p_transfer_ids, p_transfer_kinds, p_transfer_orders) t(id, kind, order_id)
          left join unnest(p_transfers, p_accounts, p_amounts) e(transfer_id, account_id, amount) on e.transfer_id = t.id
          left join accounts a on a.id = e.account_id
          left join orders o on o.id = t.order_id
         group by t.id, t.kind, t.order_id
        having count(*) < 2
            or count(distinct a.asset) <> 1
            or (t.kind like 'Withdrawal%' and count(distinct a.user_id) <> 1)
            or (t.order_id is not null and count(*) filter (where a.asset = o.asset) <> count(*))
            or not bool_and(coalesce(ledger_allows(t.kind, a.kind, a.id, a.user_id, e.amount, t.order_id, o.buyer_id, o.seller_id, o.held, o.fee),
                                     false))) then
        raise exception 'ledger_post: a transfer moves what its kind may not move' using errcode = 'P2P08';
    end if;

    with batch as (
        select x.account_id, x.asset, sum(x.amount) as amount, min(x.seq) as first_seq, max(x.seq) as last_seq, count(*) as links,
               (array_agg(x.previous order by x.seq))[1] as previous, (array_agg(x.hash order by x.seq desc))[1] as head
          from unnest(p_accounts, p_seqs, p_assets, p_amounts, p_previous, p_hashes) x(account_id, seq, asset, amount, previous, hash)
         group by x.account_id, x.asset
    )
    update accounts a
       set balance = a.balance + b.amount, seq = b.last_seq, head = b.head
      from batch b
     where a.id = b.account_id and a.asset = b.asset and a.seq = b.first_seq - 1 and a.head = b.previous
       and b.last_seq - b.first_seq + 1 = b.links;
    get diagnostics moved = row_count;

    select count(*) into expected from (select distinct x.id, x.asset from unnest(p_accounts, p_assets) x(id, asset)) pairs;
    if moved <> expected then
        raise exception 'ledger_post: a first link is not its account''s head' using errcode = 'P2P05';
    end if;
end
$$;
revoke all on function ledger_post(uuid[], text[], bigint[], uuid[], text[], smallint[], uuid[], text[], uuid[],
    uuid[], bigint[], uuid[], text[], numeric[], bytea[], bytea[], timestamptz) from public;

grant select on assets, accounts, transfers, entries to p2p_app;
grant execute on function ledger_post(uuid[], text[], bigint[], uuid[], text[], smallint[], uuid[], text[], uuid[],
    uuid[], bigint[], uuid[], text[], numeric[], bytea[], bytea[], timestamptz) to p2p_app;
grant execute on function ledger_lock(uuid[]) to p2p_app;
