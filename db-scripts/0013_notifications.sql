-- Notifications, what they are sent by, and who wants them how.

create table notifications (
    id        uuid        not null,
    user_id   bigint      not null,
    event_id  uuid        not null,
    kind      text        not null,
    args      jsonb       not null,
    in_app    boolean     not null,
    at        timestamptz not null,
    read_at   timestamptz,
    constraint notifications_pkey primary key (id),
    constraint notifications_user_fkey foreign key (user_id) references users (id),
    constraint notifications_once unique (user_id, event_id)
);
comment on table notifications is 'What users are told beside the bare events; one a user and event. Written by Accounts, removed when old.';

create index notifications_by_user on notifications (user_id, id desc) where in_app;
create index notifications_unread on notifications (user_id, id) where in_app and read_at is null;
create index notifications_old on notifications (at);

create table notification_positions (
    user_id   bigint not null,
    audience  text   not null,
    seq       bigint not null default 0,
    constraint notification_positions_pkey primary key (user_id, audience),
    constraint notification_positions_stream_fkey foreign key (user_id, audience) references streams (user_id, audience)
) with (fillfactor = 60);
comment on table notification_positions is 'Up to which event of a stream notifications were made. Moved by Accounts in the transaction that makes them.';

-- What happened before there were notifications makes none.
insert into notification_positions (user_id, audience, seq) select user_id, audience, last_seq from streams;

create table notification_preferences (
    user_id               bigint      not null,
    language              text        not null,
    rhythm                text        not null,
    quiet_from_minute     smallint,
    quiet_to_minute       smallint,
    quiet_offset_minutes  smallint,
    kinds                 jsonb       not null,
    updated_at            timestamptz not null,
    constraint notification_preferences_pkey primary key (user_id),
    constraint notification_preferences_user_fkey foreign key (user_id) references users (id),
    constraint notification_preferences_language_known check (language in ('en', 'sw', 'fr', 'es')),
    constraint notification_preferences_rhythm_known check (rhythm in ('Immediate', 'Hourly', 'Daily')),
    constraint notification_preferences_quiet_whole check (num_nulls(quiet_from_minute, quiet_to_minute, quiet_offset_minutes) in (0, 3))
);
comment on table notification_preferences is 'Who wants to hear of what by which channel; a user without a row has the defaults. Written by Accounts.';

create table email_addresses (
    user_id       bigint      not null,
    email         text        not null,
    code_salt     bytea,
    code_hash     bytea,
    code_ends_at  timestamptz,
    tries         smallint    not null default 0,
    asked         smallint    not null default 0,
    asked_since   timestamptz not null,
    confirmed_at  timestamptz,
    constraint email_addresses_pkey primary key (user_id),
    constraint email_addresses_user_fkey foreign key (user_id) references users (id)
);
comment on table email_addresses is 'Which address a user has confirmed: good only while it is the profile''s address. Codes are kept as hashes. Written by Accounts.';

create table outbox (
    id          uuid        not null,
    user_id     bigint      not null,
    channel     text        not null,
    key         text        not null,
    payload     jsonb       not null,
    digest      boolean     not null default false,
    attempts    integer     not null default 0,
    created_at  timestamptz not null,
    next_at     timestamptz not null,
    sent_at     timestamptz,
    failed_at   timestamptz,
    last_error  text,
    constraint outbox_pkey primary key (id),
    constraint outbox_user_fkey foreign key (user_id) references users (id),
    constraint outbox_key_unique unique (key),
    constraint outbox_channel_known check (channel in ('Email', 'EmailCode')),
    constraint outbox_one_end check (num_nonnulls(sent_at, failed_at) <= 1)
);
comment on table outbox is 'What is to be sent outside, at least once; next_at is also the lease of whoever sends it now. Written by Accounts, removed when old.';

create index outbox_due on outbox (next_at, user_id) where sent_at is null and failed_at is null;
create index outbox_old on outbox (created_at);

grant select, insert, delete on notifications to p2p_app;
grant update (read_at) on notifications to p2p_app;
grant select, insert on notification_positions to p2p_app;
grant update (seq) on notification_positions to p2p_app;
grant select, insert, update on notification_preferences, email_addresses to p2p_app;
grant select, insert, delete on outbox to p2p_app;
grant update (attempts, next_at, sent_at, failed_at, last_error) on outbox to p2p_app;
