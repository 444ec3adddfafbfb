-- Second factors: a secret shared with the user's app, which code was used for what, recovery codes.

create table second_factors (
    user_id       bigint        not null,
    key_id        text          not null,
    sealed        bytea         not null,
    begun_at      timestamptz   not null,
    expires_at    timestamptz   not null,
    confirmed_at  timestamptz,
    wrong_at      timestamptz[] not null default '{}',
    constraint second_factors_pkey primary key (user_id),
    constraint second_factors_user_fkey foreign key (user_id) references users (id),
    constraint second_factors_key_id_bounded check (length(key_id) between 1 and 20),
    constraint second_factors_wrong_bounded check (cardinality(wrong_at) <= 10)
) with (fillfactor = 80);
comment on table second_factors is 'One row a user: the secret of the authenticator app, sealed (AES-256-GCM) with the operator''s key key_id and bound to the user. Without confirmed_at it waits to be confirmed and guards nothing. Written by Accounts/SecondFactor under this row''s lock.';

create table second_factor_uses (
    user_id     bigint      not null,
    step        bigint      not null,
    request_id  uuid        not null,
    at          timestamptz not null,
    constraint second_factor_uses_pkey primary key (user_id, step),
    constraint second_factor_uses_factor_fkey foreign key (user_id) references second_factors (user_id) on delete cascade
);
comment on table second_factor_uses is 'For which request the code of a step (30 seconds) was used: a code counts for one request and its repeats. Written by Accounts/SecondFactor, removed after two days.';

create index second_factor_uses_by_request on second_factor_uses (user_id, request_id);

create table recovery_codes (
    user_id   bigint      not null,
    hash      bytea       not null,
    used_at   timestamptz,
    used_for  uuid,
    constraint recovery_codes_pkey primary key (user_id, hash),
    constraint recovery_codes_factor_fkey foreign key (user_id) references second_factors (user_id) on delete cascade,
    constraint recovery_codes_hash_is_sha256 check (length(hash) = 32),
    constraint recovery_codes_used_for_something check ((used_at is null) = (used_for is null))
);
comment on table recovery_codes is 'SHA-256 of codes of 128 random bits, each good once, for one request and its repeats. Written by Accounts/SecondFactor.';

grant select, insert, delete on second_factors, second_factor_uses, recovery_codes to p2p_app;
grant update (key_id, sealed, begun_at, expires_at, confirmed_at, wrong_at) on second_factors to p2p_app;
grant update (used_at, used_for) on recovery_codes to p2p_app;
