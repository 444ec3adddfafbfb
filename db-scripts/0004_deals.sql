-- What any agreement between two parties needs: offers, standings, orders and their history, withdrawals and deposits.

create table offers (
    id           uuid           not null,
    kind         text           not null,
    owner_id     bigint         not null,
    owner_gives  boolean        not null,
    unit         text           not null,
    total        numeric(28, 8) not null,
    remaining    numeric(28, 8) not null,
    open         boolean        not null,
    version      integer        not null,
    changed_at   timestamptz    not null,
    constraint offers_pkey primary key (id),
    constraint offers_owner_fkey foreign key (owner_id) references users (id),
    constraint offers_kind_known check (kind in ('Crypto', 'Goods')),
    constraint offers_remaining_bounded check (remaining >= 0 and remaining <= total)
) with (fillfactor = 70);
comment on table offers is 'What can be ordered. total and remaining are written by the engine only; open, version and the detail row by the kind''s flows under this row''s lock.';

create index offers_by_owner on offers (owner_id, id desc);
create index offers_changed on offers (changed_at);

create table standings (
    user_id              bigint      not null,
    suspended            boolean     not null default false,
    open_as_taker        integer     not null default 0,
    unpaid_as_taker      integer     not null default 0,
    completed            integer     not null default 0,
    cancelled            integer     not null default 0,
    last_lapse_at        timestamptz,
    lapse_before_at      timestamptz,
    cooling_down_until   timestamptz,
    first_trade_at       timestamptz,
    constraint standings_pkey primary key (user_id),
    constraint standings_user_fkey foreign key (user_id) references users (id),
    constraint standings_counts_positive check (open_as_taker >= 0 and unpaid_as_taker >= 0 and completed >= 0 and cancelled >= 0)
) with (fillfactor = 60);
create index standings_suspended on standings (user_id) where suspended;
comment on table standings is 'One row a user: every limit on a person is decided from it. A lapse is an order that came to nothing by its buyer''s doing. Made with the profile, then written by the engine only.';

create table orders (
    id                    uuid           not null,
    kind                  text           not null,
    offer_id              uuid           not null,
    buyer_id              bigint         not null,
    seller_id             bigint         not null,
    maker                 text           not null,
    asset                 text           not null,
    held                  numeric(28, 8) not null,
    fee                   numeric(28, 8) not null,
    taken                 numeric(28, 8) not null,
    status                text           not null,
    version               integer        not null,
    duty                  text           not null,
    deadline              timestamptz,
    time_left             interval,
    overdue               boolean        not null default false,
    cancel_requested_by   text,
    history_head          bytea          not null,
    created_at            timestamptz    not null,
    updated_at            timestamptz    not null,
    constraint orders_pkey primary key (id),
    constraint orders_offer_fkey foreign key (offer_id) references offers (id),
    constraint orders_kind_known check (kind in ('Crypto', 'Goods')),
    constraint orders_maker_known check (maker in ('Buyer', 'Seller')),
    constraint orders_status_known check (status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed', 'Released', 'Cancelled', 'Expired')),
    constraint orders_duty_known check (duty in ('None', 'BuyerPays', 'SellerReleases')),
    constraint orders_cancel_known check (cancel_requested_by in ('Buyer', 'Seller')),
    constraint orders_two_parties check (buyer_id <> seller_id),
    constraint orders_amounts_positive check (held >= 0 and taken > 0 and fee >= 0 and fee <= held),
    constraint orders_clock check (deadline is null or time_left is null)
) with (fillfactor = 70);
comment on table orders is 'All kinds of orders: parties, status, duty, deadline, escrow. Written by the engine only; the table of transitions is the only way to change a status.';

create index orders_by_buyer on orders (buyer_id, id desc);
create index orders_by_seller on orders (seller_id, id desc);
create index orders_clock_stopped on orders (id) where time_left is not null;
create index orders_open_by_buyer on orders (buyer_id, id desc) where status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed');
create index orders_open_by_seller on orders (seller_id, id desc) where status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed');
create index orders_by_offer on orders (offer_id);
create index orders_due on orders (deadline) where deadline is not null and not overdue;

create table order_history (
    order_id     uuid        not null,
    version      integer     not null,
    from_status  text,
    to_status    text        not null,
    action       text        not null,
    by           text        not null,
    actor_id     bigint      not null,
    at           timestamptz not null,
    hash         bytea       not null,
    constraint order_history_pkey primary key (order_id, version),
    constraint order_history_by_known check (by in ('Buyer', 'Seller', 'System')),
    constraint order_history_hash_is_sha256 check (length(hash) = 32)
);
comment on table order_history is 'Every change of every order, chained by order. Written by history_append only.';

create trigger order_history_append_only before update or delete or truncate on order_history
    for each statement execute function refuse_change();

create function history_append(p_orders uuid[], p_versions integer[], p_from text[], p_to text[], p_actions text[], p_by text[], p_actors bigint[],
    p_previous bytea[], p_hashes bytea[], p_at timestamptz)
returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into order_history (order_id, version, from_status, to_status, action, by, actor_id, at, hash)
    select x.order_id, x.version, x.from_status, x.to_status, x.action, x.by, x.actor_id, p_at, x.hash
      from unnest(p_orders, p_versions, p_from, p_to, p_actions, p_by, p_actors, p_hashes)
           x(order_id, version, from_status, to_status, action, by, actor_id, hash);

    if exists (select 1 from unnest(p_orders, p_versions, p_previous) x(order_id, version, previous)
                 left join order_history h on h.order_id = x.order_id and h.version = x.version - 1
                where x.previous is distinct from coalesce(h.hash, decode(repeat('00', 32), 'hex'))
                   or (x.version > 1 and h.hash is null)) then
        raise exception 'history_append: a link does not follow on the former row' using errcode = 'P2P06';
    end if;
end
$$;
revoke all on function history_append(uuid[], integer[], text[], text[], text[], text[], bigint[], bytea[], bytea[], timestamptz) from public;

-- A statement that must change so many rows says so; another number is a broken lock, and the transaction ends.
create function expect_rows(p_changed bigint, p_expected bigint) returns void
language plpgsql as $$
begin
    if p_changed <> p_expected then
        raise exception '% rows were changed where % were expected', p_changed, p_expected using errcode = 'P2P07';
    end if;
end
$$;

create table order_statements (
    id        uuid        not null,
    order_id  uuid        not null,
    user_id   bigint      not null,
    body      text        not null,
    at        timestamptz not null,
    constraint order_statements_pkey primary key (id),
    constraint order_statements_order_fkey foreign key (order_id) references orders (id)
);
comment on table order_statements is 'What suspended users say of their orders; becomes evidence of a dispute. Written by Accounts'' suspension calls.';

create index order_statements_by_order on order_statements (order_id);

create table withdrawals (
    id            uuid           not null,
    user_id       bigint         not null,
    asset         text           not null,
    amount        numeric(28, 8) not null,
    destination   text           not null,
    status        text           not null,
    external_ref  text,
    created_at    timestamptz    not null,
    ended_at      timestamptz,
    constraint withdrawals_pkey primary key (id),
    constraint withdrawals_user_fkey foreign key (user_id) references users (id),
    constraint withdrawals_status_known check (status in ('Requested', 'Settled', 'Returned')),
    constraint withdrawals_external_ref_unique unique (external_ref)
);
comment on table withdrawals is 'Amounts on their way out, held in an account of the withdrawal''s id until the wallet service settles or returns them. Written by the engine only.';

create index withdrawals_by_user on withdrawals (user_id, id desc);
create index withdrawals_waiting on withdrawals (id) where status = 'Requested';

create table deposits (
    external_ref  text           not null,
    user_id       bigint         not null,
    asset         text           not null,
    amount        numeric(28, 8) not null,
    transfer_id   uuid           not null,
    at            timestamptz    not null,
    constraint deposits_pkey primary key (external_ref)
);
comment on table deposits is 'What the wallet service credited, by its own reference: once each. Written by the engine only.';

grant select, insert, update on standings to p2p_app;
grant select, insert on offers, orders, withdrawals to p2p_app;
-- What was fixed when a row was made stays so: only what changes may be changed.
grant update (total, remaining, open, version, changed_at) on offers to p2p_app;
grant update (status, version, duty, deadline, time_left, overdue, cancel_requested_by, history_head, updated_at) on orders to p2p_app;
grant update (status, external_ref, ended_at) on withdrawals to p2p_app;
grant select, insert on order_statements, deposits to p2p_app;
grant select on order_history to p2p_app;
grant execute on function history_append(uuid[], integer[], text[], text[], text[], text[], bigint[], bytea[], bytea[], timestamptz) to p2p_app;
