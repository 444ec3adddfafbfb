-- Crypto for fiat: ads, reference prices, the details of crypto orders.

create table prices (
    asset   text           not null,
    fiat    text           not null,
    price   numeric(28, 8) not null,
    source  text           not null,
    at      timestamptz    not null,
    constraint prices_pkey primary key (asset, fiat),
    constraint prices_asset_fkey foreign key (asset) references assets (code),
    constraint prices_fiat_fkey foreign key (fiat) references currencies (code),
    constraint prices_positive check (price > 0)
);
comment on table prices is 'The reference price of one asset in one currency. Written by `price set` and the demo.';

create table ads (
    id                      uuid           not null,
    owner_id                bigint         not null,
    side                    text           not null,
    asset                   text           not null,
    fiat                    text           not null,
    price_kind              text           not null,
    price_fixed             numeric(28, 8),
    price_percent           numeric(6, 2),
    price_floor             numeric(28, 8),
    price_ceiling           numeric(28, 8),
    amount_min              numeric(28, 8) not null,
    amount_max              numeric(28, 8) not null,
    payment_method_ids      bigint[]       not null,
    payment_window_minutes  integer        not null,
    visibility              text           not null,
    link_hash               bytea,
    terms                   text,
    auto_reply              text,
    completed_trades_min    integer,
    completion_rate_min     numeric(5, 2),
    account_age_days_min    integer,
    verified_only           boolean        not null default false,
    created_at              timestamptz    not null,
    updated_at              timestamptz    not null,
    closed_at               timestamptz,
    constraint ads_pkey primary key (id),
    constraint ads_offer_fkey foreign key (id) references offers (id),
    constraint ads_owner_fkey foreign key (owner_id) references users (id),
    constraint ads_asset_fkey foreign key (asset) references assets (code),
    constraint ads_fiat_fkey foreign key (fiat) references currencies (code),
    constraint ads_side_known check (side in ('Buy', 'Sell')),
    constraint ads_price_fits_kind check (
        case price_kind
            when 'Fixed' then price_fixed > 0 and price_percent is null and price_floor is null and price_ceiling is null
            when 'Floating' then price_fixed is null and price_percent between 50 and 200
            else false
        end),
    constraint ads_visibility_known check (visibility in ('Public', 'Link', 'Chosen')),
    constraint ads_link_has_hash check ((visibility = 'Link') = (link_hash is not null)),
    constraint ads_amounts_ordered check (amount_min > 0 and amount_min <= amount_max),
    constraint ads_window_bounded check (payment_window_minutes between 10 and 1440)
);
comment on table ads is 'The details of a crypto offer. Written by Trading/Ads under the offer''s row lock.';

create index ads_market on ads (asset, fiat, side) where closed_at is null;
create index ads_by_owner on ads (owner_id, id desc);

create table ad_viewers (
    ad_id    uuid   not null,
    user_id  bigint not null,
    constraint ad_viewers_pkey primary key (ad_id, user_id),
    constraint ad_viewers_ad_fkey foreign key (ad_id) references ads (id),
    constraint ad_viewers_user_fkey foreign key (user_id) references users (id)
);
comment on table ad_viewers is 'Who sees an ad for chosen users. Written by Trading/Ads.';

create table crypto_orders (
    order_id                uuid           not null,
    fiat                    text           not null,
    crypto_amount           numeric(28, 8) not null,
    fiat_amount             numeric(28, 8) not null,
    price                   numeric(28, 8) not null,
    price_source            text           not null,
    payment_method_id       bigint         not null,
    payment_account_id      uuid           not null,
    payment_reference       text,
    payment_window_minutes  integer        not null,
    window_extended         boolean        not null default false,
    confirmation_undone     boolean        not null default false,
    seller_acted            boolean        not null default false,
    payment_deadline        timestamptz    not null,
    confirmed_at            timestamptz,
    terms                   text,
    auto_reply              text,
    constraint crypto_orders_pkey primary key (order_id),
    constraint crypto_orders_amounts_positive check (crypto_amount > 0 and fiat_amount > 0 and price > 0)
) with (fillfactor = 80);
comment on table crypto_orders is 'What was fixed when a crypto order was placed, and what its parties did since. Written by the engine only.';

grant select, insert, update on prices, ads to p2p_app;
grant select, insert on crypto_orders to p2p_app;
grant update (payment_reference, window_extended, confirmation_undone, seller_acted, payment_deadline, confirmed_at) on crypto_orders to p2p_app;
grant select, insert, delete on ad_viewers to p2p_app;
