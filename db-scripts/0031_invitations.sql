-- Invitations to the dealers' network.
-- compatible: 0026

create table invitations (
    id              uuid        not null,
    inviter_id      bigint      not null,
    locator         text        not null,
    token_hash      bytea       not null,
    nonce           bytea       not null,
    access          text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz,
    used_at         timestamptz,
    used_by         bigint,
    used_key_link   bytea,
    used_nonce      bytea,
    used_proof      bytea,
    constraint invitations_pkey primary key (id),
    constraint invitations_inviter_fkey foreign key (inviter_id) references peers (user_id),
    constraint invitations_used_by_fkey foreign key (used_by) references peers (user_id),
    constraint invitations_locator_unique unique (locator),
    constraint invitations_locator_spelled check (locator ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
    constraint invitations_token_is_hash check (length(token_hash) = 32),
    constraint invitations_nonce_bounded check (length(nonce) = 16 and length(used_nonce) = 16),
    constraint invitations_access_known check (access in ('View', 'Order', 'Manage')),
    constraint invitations_used_whole check ((used_at is null) = (used_by is null)),
    constraint invitations_one_end check (revoked_at is null or used_at is null),
    constraint invitations_proof_whole check (
        (used_proof is null) = (used_nonce is null) and (used_proof is null) = (used_key_link is null)
        and (used_proof is null or used_at is not null) and length(used_proof) = 32 and length(used_key_link) = 32),
    constraint invitations_not_to_oneself check (used_by <> inviter_id)
);
comment on table invitations is 'Who invited whom: rows stay. Of the secret there is the hash of a token alone, which leads nowhere. Written by Dealers/Invitations; an invitation is used by one update that names what it expects.';

create index invitations_by_inviter on invitations (inviter_id, created_at desc, id desc);

create table invitation_requests (
    id             uuid        not null,
    invitation_id  uuid        not null,
    requester_id   bigint      not null,
    grants         text        not null,
    state          text        not null,
    at             timestamptz not null,
    decided_at     timestamptz,
    constraint invitation_requests_pkey primary key (id),
    constraint invitation_requests_invitation_fkey foreign key (invitation_id) references invitations (id),
    constraint invitation_requests_requester_fkey foreign key (requester_id) references peers (user_id),
    constraint invitation_requests_once unique (invitation_id, requester_id),
    constraint invitation_requests_grants_known check (grants in ('View', 'Order', 'Manage')),
    constraint invitation_requests_state_known check (state in ('Pending', 'Approved', 'Declined')),
    constraint invitation_requests_decided check ((state = 'Pending') = (decided_at is null))
);
comment on table invitation_requests is 'Who asks to connect with a locator alone. Written by Dealers/Invitations.';

create index invitation_requests_pending on invitation_requests (requester_id) where state = 'Pending';

create table invitation_tries (
    user_id  bigint      not null,
    id       uuid        not null,
    kind     text        not null,
    at       timestamptz not null,
    constraint invitation_tries_pkey primary key (user_id, kind, id),
    constraint invitation_tries_user_fkey foreign key (user_id) references peers (user_id),
    constraint invitation_tries_kind_known check (kind in ('Secret', 'Locator'))
);
comment on table invitation_tries is 'Tries of the last hour that led to no invitation, and those that run: what guessing is limited by. Written by Dealers/Invitations.';

grant select, insert on invitations, invitation_requests to p2p_app;
grant update (revoked_at, used_at, used_by, used_key_link, used_nonce, used_proof) on invitations to p2p_app;
grant update (state, decided_at) on invitation_requests to p2p_app;
grant select, insert, delete on invitation_tries to p2p_app;
