-- Orders of goods: a second kind in the same tables, the same escrow and the same process.
-- compatible: 0026

alter table orders drop constraint orders_status_known;
alter table orders add constraint orders_status_known check (status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed', 'Released', 'Cancelled',
    'Expired', 'Requested', 'Accepted', 'Paid', 'Fulfilled', 'Completed', 'Declined'));
alter table orders drop constraint orders_duty_known;
alter table orders add constraint orders_duty_known check (duty in ('None', 'BuyerPays', 'SellerReleases', 'DisputeEnds', 'SellerAccepts',
    'SellerFulfils', 'BuyerReceives'));
alter table orders add column is_open boolean generated always as (
    status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed', 'Requested', 'Accepted', 'Paid', 'Fulfilled')) stored;
alter table orders add constraint orders_status_fits_kind check (
    status in ('Disputed', 'Cancelled', 'Expired')
    or (kind = 'Crypto') = (status in ('AwaitingPayment', 'PaymentConfirmed', 'Released')));
comment on column orders.held is 'What the escrow holds: from the placing on of a crypto order, from the payment on of a goods order; 0 for goods without escrow.';

alter table disputes drop constraint disputes_reason_known;
alter table disputes add constraint disputes_reason_known check (reason in ('NotReleased', 'NotPaid', 'WrongAmount', 'PayerNameMismatch', 'Other',
    'Overdue', 'PartySuspended', 'NotReceived', 'NotAsDescribed'));

drop index orders_open_by_buyer;
drop index orders_open_by_seller;
create index orders_open_by_buyer on orders (buyer_id, id desc) where is_open;
create index orders_open_by_seller on orders (seller_id, id desc) where is_open;

alter table standings add column open_goods integer not null default 0;
alter table standings add constraint standings_open_goods_positive check (open_goods >= 0);
comment on column standings.open_goods is 'Open goods orders in which the user is the buyer. Goods count for nothing else here: conditions of ads are about trades.';

create table goods_orders (
    order_id           uuid           not null,
    item_name          text           not null,
    unit               text           not null,
    quantity           numeric(28, 8) not null,
    price              numeric(28, 8) not null,
    currency           text           not null,
    total              numeric(28, 8) not null,
    scale              smallint       not null,
    notes              text,
    payment_reference  text,
    fulfil_days        integer,
    fulfilled          numeric(28, 8) not null default 0,
    shipments          integer        not null default 0,
    refund             numeric(28, 8) not null default 0,
    paid_at            timestamptz,
    fulfilled_at       timestamptz,
    constraint goods_orders_pkey primary key (order_id),
    constraint goods_orders_order_fkey foreign key (order_id) references orders (id),
    constraint goods_orders_amounts_positive check (quantity > 0 and price > 0 and total > 0),
    constraint goods_orders_fulfilled_bounded check (fulfilled >= 0 and fulfilled <= quantity),
    constraint goods_orders_refund_bounded check (refund >= 0 and refund <= total),
    constraint goods_orders_fulfil_days_bounded check (fulfil_days between 1 and 60)
) with (fillfactor = 80);
comment on table goods_orders is 'What was fixed when goods were ordered, and what its parties did since. refund is the buyer''s part of what is held, as agreed so far: the order''s one resolution pays it. Written by the engine only.';

create table goods_shipments (
    order_id  uuid           not null,
    seq       integer        not null,
    quantity  numeric(28, 8) not null,
    carrier   text,
    tracking  text,
    note      text,
    proof_id  uuid,
    at        timestamptz    not null,
    constraint goods_shipments_pkey primary key (order_id, seq),
    constraint goods_shipments_order_fkey foreign key (order_id) references goods_orders (order_id),
    constraint goods_shipments_quantity_positive check (quantity > 0)
);
comment on table goods_shipments is 'What was sent of a goods order, part by part. Written by the engine only.';

-- Who may have what of an order's transfer. p_from is whose money the escrow holds: the seller's asset, or what the buyer pays for goods; p_to is who
-- gets it when all goes well.
drop function ledger_allows(text, text, uuid, bigint, numeric, uuid, bigint, bigint, numeric, numeric);
create function ledger_allows(p_kind text, p_account_kind text, p_account uuid, p_user bigint, p_amount numeric,
    p_order uuid, p_from bigint, p_to bigint, p_held numeric, p_fee numeric)
returns boolean
language sql immutable as $$
    select case p_kind
        when 'Hold' then
               (p_account_kind = 'Available' and p_user = p_from and p_amount = -p_held)
            or (p_account_kind = 'Escrow' and p_account = p_order and p_amount = p_held)
        when 'Release' then
               (p_account_kind = 'Escrow' and p_account = p_order and p_amount = -p_held)
            or (p_account_kind = 'Available' and p_user = p_to and p_amount = p_held - p_fee)
            or (p_account_kind = 'Fees' and p_amount = p_fee)
        when 'Refund' then
               (p_account_kind = 'Escrow' and p_account = p_order and p_amount = -p_held)
            or (p_account_kind = 'Available' and p_user = p_from and p_amount = p_held)
        when 'Split' then
               (p_account_kind = 'Escrow' and p_account = p_order and p_amount = -p_held)
            or (p_account_kind = 'Available' and p_user in (p_from, p_to) and p_amount > 0 and p_amount < p_held)
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

create or replace function ledger_post(
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
            or not bool_and(coalesce(ledger_allows(t.kind, a.kind, a.id, a.user_id, e.amount, t.order_id,
                                                   case o.kind when 'Goods' then o.buyer_id else o.seller_id end,
                                                   case o.kind when 'Goods' then o.seller_id else o.buyer_id end, o.held, o.fee),
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

create or replace function privacy_obstacles(p_user bigint) returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select array_remove(array[
        case when exists (select 1 from orders o where (o.buyer_id = p_user or o.seller_id = p_user) and o.is_open) then 'OPEN_ORDERS' end,
        case when exists (select 1 from ads a where a.owner_id = p_user and a.closed_at is null) then 'OPEN_ADS' end,
        case when exists (select 1 from disputes d
                            join orders o on o.id = d.order_id
                           where d.deadline is not null
                             and (o.buyer_id = p_user or o.seller_id = p_user)) then 'OPEN_DISPUTES' end,
        case when exists (select 1 from accounts a where a.user_id = p_user and a.balance <> 0) then 'BALANCE_NOT_ZERO' end
    ], null)
$$;

-- What an erased person wrote into goods orders goes as what they wrote elsewhere does, and in the same step.
alter function privacy_erase_words(bigint, integer) rename to privacy_erase_words_of_trades;
create function privacy_erase_words(p_user bigint, p_days integer) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    old  uuid[];
begin
    perform 1 from deletions d where d.user_id = p_user and d.erased_at is not null and d.finished_at is null for update skip locked;
    if not found then
        return;
    end if;

    select coalesce(array_agg(o.id), '{}') into old
      from orders o
     where (o.buyer_id = p_user or o.seller_id = p_user)
       and o.kind = 'Goods'
       and o.updated_at <= clock_timestamp() - make_interval(days => p_days);

    update goods_orders g
       set notes = case when o.buyer_id = p_user then null else g.notes end,
           payment_reference = case when o.buyer_id = p_user then null else g.payment_reference end,
           item_name = case when o.seller_id = p_user then '' else g.item_name end,
           unit = case when o.seller_id = p_user then '' else g.unit end
      from orders o
     where o.id = g.order_id and g.order_id = any(old);
    update goods_shipments s set carrier = null, tracking = null, note = null
      from orders o
     where o.id = s.order_id and s.order_id = any(old) and o.seller_id = p_user;

    perform privacy_erase_words_of_trades(p_user, p_days);
end
$$;
revoke all on function privacy_erase_words(bigint, integer) from public;
revoke all on function privacy_erase_words_of_trades(bigint, integer) from p2p_app;

grant execute on function privacy_erase_words(bigint, integer) to p2p_app;
grant select, insert on goods_orders, goods_shipments to p2p_app;
grant update (payment_reference, fulfil_days, fulfilled, shipments, refund, paid_at, fulfilled_at) on goods_orders to p2p_app;
