-- Webhooks: addresses that are told a user's events, and the log of what was delivered to them.

create table webhook_endpoints (
    id              uuid        not null,
    user_id         bigint      not null,
    audience        text        not null,
    url             text        not null,
    types           text[],
    secret          bytea       not null,
    former_secret   bytea,
    former_ends_at  timestamptz,
    status          text        not null,
    status_at       timestamptz not null,
    seq             bigint      not null,
    delivered_seq   bigint      not null default 0,
    attempts        integer     not null default 0,
    failing_since   timestamptz,
    is_slow         boolean     not null default true,
    next_at         timestamptz not null,
    leased_until    timestamptz not null,
    claim           bigint      not null default 0,
    test_id         uuid,
    tested_at       timestamptz,
    created_at      timestamptz not null,
    constraint webhook_endpoints_pkey primary key (id),
    constraint webhook_endpoints_stream_fkey foreign key (user_id, audience) references streams (user_id, audience),
    constraint webhook_endpoints_status_known check (status in ('Active', 'Paused', 'Failed')),
    constraint webhook_endpoints_seq_counts check (seq >= 0 and delivered_seq between 0 and seq),
    constraint webhook_endpoints_former_whole check (num_nulls(former_secret, former_ends_at) in (0, 2))
) with (fillfactor = 60);
comment on table webhook_endpoints is 'Where a user''s events are delivered and up to which number they were; whoever is not known to be quick is slow; secrets are sealed by a key outside the database. Written by Accounts.';

create index webhook_endpoints_by_user on webhook_endpoints (user_id, id);
create index webhook_endpoints_due on webhook_endpoints (next_at) where status = 'Active' or test_id is not null;

create table webhook_deliveries (
    id           uuid        not null,
    endpoint_id  uuid        not null,
    kind         text        not null,
    first_seq    bigint,
    last_seq     bigint,
    events       integer     not null,
    attempt      integer     not null,
    http_status  smallint,
    latency_ms   integer     not null,
    error        text,
    at           timestamptz not null,
    constraint webhook_deliveries_pkey primary key (id),
    constraint webhook_deliveries_endpoint_fkey foreign key (endpoint_id) references webhook_endpoints (id) on delete cascade,
    constraint webhook_deliveries_kind_known check (kind in ('Events', 'Test'))
);
comment on table webhook_deliveries is 'One row an attempt to deliver, without what was sent and answered. Written by Accounts, removed when old.';

create index webhook_deliveries_by_endpoint on webhook_deliveries (endpoint_id, id desc);
create index webhook_deliveries_old on webhook_deliveries (at);

grant select, insert, delete on webhook_endpoints, webhook_deliveries to p2p_app;
grant update (secret, former_secret, former_ends_at, status, status_at, seq, delivered_seq, attempts, failing_since, is_slow, next_at, leased_until,
    claim, test_id, tested_at) on webhook_endpoints to p2p_app;
