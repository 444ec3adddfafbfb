-- Web push: the browsers of users, and a channel of the outbox that reaches them.

create table web_push_subscriptions (
    id          uuid        not null,
    user_id     bigint      not null,
    endpoint    text        not null,
    p256dh      bytea       not null,
    auth        bytea       not null,
    created_at  timestamptz not null,
    sent_at     timestamptz,
    constraint web_push_subscriptions_pkey primary key (id),
    constraint web_push_subscriptions_user_fkey foreign key (user_id) references users (id),
    constraint web_push_subscriptions_endpoint_unique unique (endpoint),
    constraint web_push_subscriptions_keys_whole check (octet_length(p256dh) = 65 and octet_length(auth) = 16)
);
comment on table web_push_subscriptions is 'Browsers that are told of notifications; one that the push service no longer knows is removed. Written by Accounts.';

create index web_push_subscriptions_by_user on web_push_subscriptions (user_id, id);

alter table outbox drop constraint outbox_channel_known;
alter table outbox add constraint outbox_channel_known check (channel in ('Email', 'EmailCode', 'WebPush'));

-- Each channel has its own senders and claims its own rows.
drop index outbox_due;
create index outbox_due on outbox (channel, next_at, user_id) where sent_at is null and failed_at is null;

grant select, insert, delete on web_push_subscriptions to p2p_app;
grant update (user_id, p256dh, auth, created_at, sent_at) on web_push_subscriptions to p2p_app;
