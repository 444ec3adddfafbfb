-- How much a person may trade, the ladder of cool-downs, whose account was paid from, and when a maker's ads are open.

create table trade_limits (
    currency            text           not null,
    new_per_order       numeric(28, 8),
    new_per_day         numeric(28, 8),
    verified_per_order  numeric(28, 8),
    verified_per_day    numeric(28, 8),
    merchant_per_order  numeric(28, 8),
    merchant_per_day    numeric(28, 8),
    constraint trade_limits_pkey primary key (currency),
    constraint trade_limits_currency_fkey foreign key (currency) references currencies (code),
    constraint trade_limits_positive check (new_per_order > 0 and new_per_day > 0 and verified_per_order > 0 and verified_per_day > 0
        and merchant_per_order > 0 and merchant_per_day > 0)
);
comment on table trade_limits is 'The most fiat of one order and of a day that a taker of each level may trade, one row a currency. Null, or no row: no limit. Written by scripts and the operator.';

-- About 1,000 and 3,000 US dollars for new users, 10,000 and 50,000 for verified ones, 100,000 and 1,000,000 for merchants.
insert into trade_limits (currency, new_per_order, new_per_day, verified_per_order, verified_per_day, merchant_per_order, merchant_per_day)
select x.currency, y.thousand, y.thousand * 3, y.thousand * 10, y.thousand * 50, y.thousand * 100, y.thousand * 1000
  from (values ('AED', 4000), ('ARS', 1000000), ('AUD', 1500), ('BRL', 5000), ('CAD', 1500), ('CHF', 1000), ('CNY', 7000), ('EUR', 1000),
               ('GBP', 1000), ('GHS', 15000), ('INR', 85000), ('JPY', 150000), ('KES', 150000), ('MXN', 20000), ('NGN', 1500000),
               ('PHP', 60000), ('PLN', 4000), ('TZS', 2500000), ('UGX', 4000000), ('USD', 1000), ('VND', 25000000), ('ZAR', 20000))
       x(currency, amount)
 cross join lateral (select cast(x.amount as numeric) as thousand) y;

alter table standings
    add column day_volume    jsonb,
    add column cool_downs    smallint not null default 0,
    add column cool_down_at  timestamptz,
    add constraint standings_cool_downs_known check (cool_downs >= 0 and (cool_downs = 0) = (cool_down_at is null));
comment on column standings.day_volume is 'What the user took lately and what did not come to nothing: fiat by currency and by hour since 1970. Null for nothing.';
comment on column standings.cool_downs is 'The step of the ladder on which the last cool-down stood; cool_down_at is when that began.';

-- Who is in a cool-down now stands on the first step.
update standings set cool_downs = 1, cool_down_at = coalesce(last_lapse_at, clock_timestamp()) where cooling_down_until > clock_timestamp();

alter table crypto_orders
    add column payer_name text,
    add constraint crypto_orders_payer_name_bounded check (length(payer_name) between 1 and 200);
comment on column crypto_orders.payer_name is 'The holder of the account that the buyer paid from, as the buyer told when confirming.';
grant update (payer_name) on crypto_orders to p2p_app;

alter table profiles add column username_changed_at timestamptz;
comment on column profiles.username_changed_at is 'When one name took the place of another; null while the first one stands.';

create table maker_hours (
    user_id         bigint      not null,
    time_zone       text,
    week            int4multirange,
    vacation_until  timestamptz,
    updated_at      timestamptz not null,
    constraint maker_hours_pkey primary key (user_id),
    constraint maker_hours_user_fkey foreign key (user_id) references users (id),
    constraint maker_hours_week_bounded check (week <@ int4range(0, 7 * 24 * 60) and not isempty(week)),
    constraint maker_hours_week_has_zone check ((week is null) = (time_zone is null))
);
comment on table maker_hours is 'When a maker''s ads are open: minutes of the local week, from Monday 0:00, of an IANA time zone; and a vacation. No row, or no week: always. Written by Trading/Schedules.';

-- Whether a clock can be read by this zone. The list of all zones would be read from hundreds of files.
create function zone_is_known(p_zone text) returns boolean
language plpgsql stable as $$
begin
    perform clock_timestamp() at time zone p_zone;
    return true;
exception when invalid_parameter_value then
    return false;
end
$$;
grant execute on function zone_is_known(text) to p2p_app;

grant select on trade_limits to p2p_app;
grant select, insert, update on maker_hours to p2p_app;
