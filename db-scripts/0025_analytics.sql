-- Trading in numbers, rolled up once a day so that old days cost nothing.

create table analytics_days (
    day                date           not null,
    asset              text           not null,
    fiat               text           not null,
    payment_method_id  bigint         not null,
    placed             bigint         not null,
    completed          bigint         not null,
    cancelled          bigint         not null,
    expired            bigint         not null,
    disputed           bigint         not null,
    crypto_volume      numeric(38, 8) not null,
    fiat_volume        numeric(38, 8) not null,
    traders            bigint         not null default 0,
    returned           bigint         not null default 0,
    constraint analytics_days_pkey primary key (day, asset, fiat, payment_method_id)
);
comment on table analytics_days is 'What happened on one day (UTC) on one market by one payment method. traders and returned are filled when the 30 days after it are over. Written by the roll-up.';

create table analytics_release_times (
    day                date    not null,
    asset              text    not null,
    fiat               text    not null,
    payment_method_id  bigint  not null,
    bucket             integer not null,
    orders             bigint  not null,
    constraint analytics_release_times_pkey primary key (day, asset, fiat, payment_method_id, bucket)
);
comment on table analytics_release_times is 'How long releases took: orders by bucket, where bucket n begins at 1.1 ^ n seconds. Days can be added, and the middle is found again. Written by the roll-up.';

create table analytics_rolled (
    day        date        not null,
    rolled_at  timestamptz not null,
    final_at   timestamptz,
    constraint analytics_rolled_pkey primary key (day)
);
comment on table analytics_rolled is 'Days that are rolled up, also those without a row; final_at when retention is known. Written by the roll-up.';

create index analytics_rolled_open on analytics_rolled (day) where final_at is null;

create table trader_days (
    user_id  bigint not null,
    day      date   not null,
    constraint trader_days_pkey primary key (user_id, day)
);
comment on table trader_days is 'On which days a user completed an order: what retention is counted from. Written by the roll-up.';

grant select, insert on analytics_days, analytics_release_times, analytics_rolled, trader_days to p2p_app;
grant update (traders, returned) on analytics_days to p2p_app;
grant update (final_at) on analytics_rolled to p2p_app;
