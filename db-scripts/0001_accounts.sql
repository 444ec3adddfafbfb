-- Users, profiles, consent, payment methods, suspensions, revocations, tickets, the audit log.

create table users (
    id          bigint      not null,
    sub         text        not null,
    created_at  timestamptz not null default clock_timestamp(),
    constraint users_pkey primary key (id),
    constraint users_sub_unique unique (sub),
    constraint users_id_fits_json check (id >= 0 and id < 9007199254740992),
    constraint users_sub_bounded check (length(sub) between 1 and 200)
);
comment on table users is 'One row a token subject, made at the first authenticated request. Ids are random, so that nothing can be counted from them.';

-- The server's own proposals (timers) are filed under this user.
insert into users (id, sub) values (0, 'system');

create table terms (
    version       integer     not null,
    language      text        not null,
    body          text        not null,
    published_at  timestamptz not null default clock_timestamp(),
    constraint terms_pkey primary key (version)
);
comment on table terms is 'Published versions of the terms; the highest is the present one. Written by the operator''s `terms publish`.';

insert into terms (version, language, body) values (1, 'en',
'Trade honestly. Pay only from an account in your own name. Confirm a payment only after you sent it; release only after you checked that the money has arrived. The asset stays in escrow until then. Staff decide disputes from what both parties show.');

create table currencies (
    code   text     not null,
    name   text     not null,
    scale  smallint not null,
    constraint currencies_pkey primary key (code),
    constraint currencies_code_shape check (code ~ '^[A-Z]{3}$'),
    constraint currencies_scale_known check (scale between 0 and 4)
);
comment on table currencies is 'Fiat currencies (ISO 4217) with the digits of their minor unit.';

create table payment_methods (
    id        bigint  not null,
    code      text    not null,
    name      text    not null,
    kind      text    not null,
    country   text,
    currency  text    not null,
    fields    jsonb   not null,
    active    boolean not null default true,
    constraint payment_methods_pkey primary key (id),
    constraint payment_methods_code_unique unique (code),
    constraint payment_methods_currency_fkey foreign key (currency) references currencies (code),
    constraint payment_methods_kind_known check (kind in ('BankTransfer', 'MobileMoney', 'Wallet')),
    constraint payment_methods_country_shape check (country ~ '^[A-Z]{2}$')
);
comment on table payment_methods is 'The catalogue: how fiat can be sent, and what a payer must know for it. Written by scripts.';

create table profiles (
    user_id                    bigint        not null,
    username                   text,
    username_skeleton          text,
    phone_number               text,
    email                      text,
    picture_url                text,
    preferred_currency         text,
    preferred_payment_methods  bigint[]      not null default '{}',
    auto_reply                 text,
    is_verified                boolean       not null default false,
    is_merchant                boolean       not null default false,
    avg_rating                 numeric(3, 2) not null default 0,
    total_reviews              integer       not null default 0,
    consented_version          integer,
    consented_at               timestamptz,
    joined_at                  timestamptz   not null,
    updated_at                 timestamptz   not null,
    last_active_at             timestamptz   not null,
    constraint profiles_pkey primary key (user_id),
    constraint profiles_user_fkey foreign key (user_id) references users (id),
    constraint profiles_currency_fkey foreign key (preferred_currency) references currencies (code),
    constraint profiles_username_shape check (username ~ '^[A-Za-z0-9_]{3,30}$'),
    constraint profiles_username_has_skeleton check ((username is null) = (username_skeleton is null)),
    constraint profiles_skeleton_unique unique (username_skeleton)
);
comment on table profiles is 'One row a user who joined. The skeleton folds names that look alike into one. Written by Accounts.';

create index profiles_username_lower on profiles (lower(username) text_pattern_ops);

create table consents (
    user_id  bigint      not null,
    version  integer     not null,
    at       timestamptz not null,
    constraint consents_pkey primary key (user_id, version),
    constraint consents_user_fkey foreign key (user_id) references users (id),
    constraint consents_version_fkey foreign key (version) references terms (version)
);
comment on table consents is 'Who consented to which version of the terms, and when. Written by Accounts.';

create table payment_accounts (
    id                 uuid        not null,
    user_id            bigint      not null,
    payment_method_id  bigint      not null,
    label              text,
    fields             jsonb       not null,
    created_at         timestamptz not null,
    deleted_at         timestamptz,
    constraint payment_accounts_pkey primary key (id),
    constraint payment_accounts_user_fkey foreign key (user_id) references users (id),
    constraint payment_accounts_method_fkey foreign key (payment_method_id) references payment_methods (id)
);
comment on table payment_accounts is 'Where users are paid. Rows never change but for deleted_at, so an order keeps what it was placed under. Written by Accounts.';

create index payment_accounts_by_user on payment_accounts (user_id, payment_method_id) where deleted_at is null;

create table suspensions (
    id            uuid        not null,
    user_id       bigint      not null,
    reason        text        not null,
    suspended_by  text        not null,
    at            timestamptz not null,
    until         timestamptz,
    lifted_at     timestamptz,
    lifted_by     text,
    constraint suspensions_pkey primary key (id),
    constraint suspensions_user_fkey foreign key (user_id) references users (id)
);
comment on table suspensions is 'Suspensions with reason and end. Written by staff''s flows.';

create unique index suspensions_one_live on suspensions (user_id) where lifted_at is null;
create index suspensions_ending on suspensions (until) where lifted_at is null and until is not null;

create table revocations (
    id          bigint      not null generated always as identity,
    sub         text        not null,
    not_before  timestamptz not null,
    reason      text        not null,
    at          timestamptz not null default clock_timestamp(),
    constraint revocations_pkey primary key (id),
    constraint revocations_reason_known check (reason in ('suspended', 'signed_out', 'role_changed', 'revoked'))
);
comment on table revocations is 'Tokens of a subject issued before not_before are refused (reason suspended: connections close, tokens stay good). Written by Accounts.';

create index revocations_by_sub on revocations (sub, not_before desc);
create index revocations_recent on revocations (at);

create table tickets (
    hash        bytea       not null,
    user_id     bigint      not null,
    claims      jsonb       not null,
    origin      text,
    issued_at   timestamptz not null,
    expires_at  timestamptz not null,
    constraint tickets_pkey primary key (hash),
    constraint tickets_hash_is_sha256 check (length(hash) = 32)
);
comment on table tickets is 'Single-use tickets for a hub''s URL, as SHA-256; deleted when used. Written by Accounts.';

create index tickets_ending on tickets (expires_at);

create table audit_log (
    seq     bigint      not null,
    at      timestamptz not null,
    actor   text        not null,
    action  text        not null,
    target  text        not null,
    before  text,
    after   text,
    reason  text,
    ip      text,
    hash    bytea       not null,
    constraint audit_log_pkey primary key (seq)
);
comment on table audit_log is 'What staff did, chained by SHA-256. Written by audit_append only.';

-- Raised by every append-only table, whoever asks.
create function refuse_change() returns trigger
language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'P2P01';
end
$$;

create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function refuse_change();

create function audit_append(p_actor text, p_action text, p_target text, p_before text, p_after text, p_reason text, p_ip text)
returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    previous  record;
    now_at    timestamptz;
    next_seq  bigint;
begin
    -- One chain: appends run one after the other.
    perform pg_advisory_xact_lock(7016202);
    select l.seq, l.hash into previous from audit_log l order by l.seq desc limit 1;
    now_at := clock_timestamp();
    next_seq := coalesce(previous.seq, 0) + 1;
    insert into audit_log (seq, at, actor, action, target, before, after, reason, ip, hash)
    values (next_seq, now_at, p_actor, p_action, p_target, p_before, p_after, p_reason, p_ip,
            sha256(coalesce(previous.hash, decode(repeat('00', 32), 'hex')) || convert_to(concat_ws('|', 'v1', next_seq,
                (extract(epoch from now_at) * 1000000)::bigint, p_actor, p_action, p_target, coalesce(p_before, ''), coalesce(p_after, ''),
                coalesce(p_reason, ''), coalesce(p_ip, '')), 'UTF8')));
    return next_seq;
end
$$;
revoke all on function audit_append(text, text, text, text, text, text, text) from public;

revoke create on schema public from public;
grant usage on schema public to p2p_app;
grant select, insert on users to p2p_app;
grant select on currencies, payment_methods to p2p_app;
grant select, insert on terms, consents to p2p_app;
grant select, insert, update on profiles to p2p_app;
grant select, insert on payment_accounts, suspensions to p2p_app;
grant update (deleted_at) on payment_accounts to p2p_app;
grant update (lifted_at, lifted_by) on suspensions to p2p_app;
grant select, insert on revocations to p2p_app;
grant select, insert, delete on tickets to p2p_app;
grant select on audit_log to p2p_app;
grant execute on function audit_append(text, text, text, text, text, text, text) to p2p_app;
