-- Reference prices from several sources: what each says now, every rate that was computed from them, who set them aside, and history for charts.

create table price_quotes (
    asset        text           not null,
    fiat         text           not null,
    source       text           not null,
    kind         text           not null,
    price        numeric(28, 8) not null,
    at           timestamptz    not null,
    fresh_until  timestamptz    not null,
    constraint price_quotes_pkey primary key (asset, fiat, source),
    constraint price_quotes_asset_fkey foreign key (asset) references assets (code),
    constraint price_quotes_fiat_fkey foreign key (fiat) references currencies (code),
    constraint price_quotes_kind_known check (kind in ('Http', 'File', 'Manual')),
    constraint price_quotes_positive check (price > 0),
    constraint price_quotes_fresh_after check (fresh_until > at)
) with (fillfactor = 70);
comment on table price_quotes is 'The newest price of each source for each market. Written by Trading/Prices under the market''s advisory lock.';

create table price_sources (
    source           text        not null,
    kind             text        not null,
    last_success_at  timestamptz,
    last_failure_at  timestamptz,
    last_error       text,
    failures         integer     not null default 0,
    constraint price_sources_pkey primary key (source),
    constraint price_sources_error_has_time check ((last_failure_at is null) = (last_error is null)),
    constraint price_sources_error_bounded check (length(last_error) <= 500)
) with (fillfactor = 70);
comment on table price_sources is 'How the polling of each configured source went; failures counts those since the last success. Written by the node that polls.';

create table price_rates (
    id               uuid           not null,
    asset            text           not null,
    fiat             text           not null,
    kind             text           not null,
    price            numeric(28, 8) not null,
    source           text           not null,
    inputs           jsonb          not null,
    outlier_percent  numeric(5, 2),
    sources_min      integer,
    computed_at      timestamptz    not null,
    fresh_until      timestamptz    not null,
    constraint price_rates_pkey primary key (id),
    constraint price_rates_kind_known check (kind in ('Median', 'Override')),
    constraint price_rates_median_says_how check (kind <> 'Median' or (outlier_percent is not null and sources_min is not null)),
    constraint price_rates_positive check (price > 0)
);
comment on table price_rates is 'Every rate that was in force, with all that it was computed from. Append-only; written by Trading/Prices, removed when old by price_rates_purge unless an order was placed at it.';

create index price_rates_by_market on price_rates (asset, fiat, computed_at);
create index price_rates_by_time on price_rates (computed_at);

create table price_overrides (
    id             uuid           not null,
    asset          text           not null,
    fiat           text           not null,
    price          numeric(28, 8) not null,
    reason         text           not null,
    set_by         text           not null,
    set_at         timestamptz    not null,
    until          timestamptz,
    lifted_at      timestamptz,
    lifted_by      text,
    lifted_reason  text,
    constraint price_overrides_pkey primary key (id),
    constraint price_overrides_asset_fkey foreign key (asset) references assets (code),
    constraint price_overrides_fiat_fkey foreign key (fiat) references currencies (code),
    constraint price_overrides_positive check (price > 0),
    constraint price_overrides_end_after_begin check (until > set_at),
    constraint price_overrides_lifted_whole check (num_nulls(lifted_at, lifted_by, lifted_reason) in (0, 3))
);
comment on table price_overrides is 'Prices that staff put in the place of the computed ones. Written by Admin under the market''s advisory lock; never deleted.';

create unique index price_overrides_one on price_overrides (asset, fiat) where lifted_at is null;

create table price_hours (
    asset  text           not null,
    fiat   text           not null,
    hour   timestamptz    not null,
    open   numeric(28, 8) not null,
    high   numeric(28, 8) not null,
    low    numeric(28, 8) not null,
    close  numeric(28, 8) not null,
    rates  integer        not null,
    constraint price_hours_pkey primary key (asset, fiat, hour)
) with (fillfactor = 80);
comment on table price_hours is 'The rates of each hour in one row, kept for good. Written with each rate by Trading/Prices.';

-- Which rate is in force, and until when it may be traded at. What was set before had no end; it is taken over as a manual price that is good for a
-- day more.
alter table prices
    add column rate_id      uuid,
    add column fresh_until  timestamptz;

insert into price_quotes (asset, fiat, source, kind, price, at, fresh_until)
select asset, fiat, source, 'Manual', price, at, clock_timestamp() + interval '1 day'
  from prices;

insert into price_rates (id, asset, fiat, kind, price, source, inputs, outlier_percent, sources_min, computed_at, fresh_until)
select gen_random_uuid(), q.asset, q.fiat, 'Median', q.price, q.source,
       jsonb_build_array(jsonb_build_object(
           'source', q.source,
           'price', q.price::text,
           'at', to_char(q.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'freshUntil', to_char(q.fresh_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'kept', true)),
       5, 1, clock_timestamp(), q.fresh_until
  from price_quotes q;

update prices p
   set rate_id = r.id,
       fresh_until = r.fresh_until
  from price_rates r
 where r.asset = p.asset
   and r.fiat = p.fiat;

alter table prices
    alter column rate_id set not null,
    alter column fresh_until set not null;
comment on table prices is 'The rate in force of each market; fresh_until is when it can no longer be traded at. Written by Trading/Prices under the market''s advisory lock.';

-- What a floating price was made of. No foreign key to the rate: every order would lock the one row of its market. The rate's own guard keeps it.
alter table crypto_orders
    add column rate_id          uuid,
    add column reference_price  numeric(28, 8),
    add column price_percent    numeric(6, 2),
    add column price_floor      numeric(28, 8),
    add column price_ceiling    numeric(28, 8),
    add constraint crypto_orders_rate_whole check (num_nulls(rate_id, reference_price, price_percent) in (0, 3));

create index crypto_orders_by_rate on crypto_orders (rate_id) where rate_id is not null;

-- A rate goes when it is old and no order was placed at it; nothing of it is ever changed.
create function price_rates_guard() returns trigger
language plpgsql as $$
begin
    if old.computed_at > clock_timestamp() - interval '1 day' or exists (select 1 from crypto_orders o where o.rate_id = old.id) then
        raise exception 'price_rates is append-only' using errcode = 'P2P01';
    end if;
    return old;
end
$$;

create trigger price_rates_append_only before update or truncate on price_rates
    for each statement execute function refuse_change();
create trigger price_rates_kept before delete on price_rates
    for each row execute function price_rates_guard();

-- Removes old rates, a batch after the place where the former one ended; answers where this one ended, null when there was nothing. The rate in force
-- stays, and so does one whose successor is too young for all who read it to have ended.
create function price_rates_purge(p_after timestamptz, p_days integer, p_rows integer) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    last_at  timestamptz;
begin
    with batch as materialized (
             select r.id, r.asset, r.fiat, r.computed_at
               from price_rates r
              where r.computed_at > p_after
                and r.computed_at < clock_timestamp() - make_interval(days => greatest(p_days, 2))
              order by r.computed_at
              limit p_rows),
         gone as (
             delete from price_rates d
              using batch b
              where d.id = b.id
                and not exists (select 1 from crypto_orders o where o.rate_id = b.id)
                and exists (select 1
                              from price_rates n
                             where n.asset = b.asset
                               and n.fiat = b.fiat
                               and n.computed_at > b.computed_at
                               and n.computed_at < clock_timestamp() - interval '1 hour'))
    select max(b.computed_at) into last_at from batch b;
    return last_at;
end
$$;
revoke all on function price_rates_purge(timestamptz, integer, integer) from public;
grant execute on function price_rates_purge(timestamptz, integer, integer) to p2p_app;

grant select, insert, update, delete on price_quotes to p2p_app;
grant select, insert, update on price_sources, price_hours to p2p_app;
grant select, insert on price_rates, price_overrides to p2p_app;
grant update (lifted_at, lifted_by, lifted_reason) on price_overrides to p2p_app;
