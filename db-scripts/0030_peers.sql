-- Peers of the dealers' network.
-- compatible: 0026

create table peers (
    user_id          bigint      not null,
    peer_id          bytea       not null,
    name             text,
    is_discoverable  boolean     not null,
    hides_status     boolean     not null default false,
    joined_at        timestamptz not null,
    updated_at       timestamptz not null,
    last_seen_at     timestamptz,
    constraint peers_pkey primary key (user_id),
    constraint peers_user_fkey foreign key (user_id) references users (id),
    constraint peers_peer_id_unique unique (peer_id),
    constraint peers_peer_id_is_hash check (length(peer_id) = 32),
    constraint peers_name_bounded check (length(name) between 1 and 50)
);
comment on table peers is 'Who is in the dealers'' network. peer_id is the id of the device in key_log under whose keys the peer joined, and never another; name is null once the person was erased. Written by Dealers/Peers.';

create index peers_directory on peers (joined_at desc, user_id desc) where is_discoverable;
create index peers_name on peers (lower(name) text_pattern_ops) where is_discoverable;

create function erase_peer() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update peers set name = null, is_discoverable = false, hides_status = true, last_seen_at = null where user_id = new.user_id;
    return null;
end
$$;
revoke all on function erase_peer() from public;

create trigger deletions_erase_peer after update of erased_at on deletions
    for each row when (old.erased_at is null and new.erased_at is not null) execute function erase_peer();

grant select, insert on peers to p2p_app;
grant update (name, is_discoverable, hides_status, updated_at, last_seen_at) on peers to p2p_app;
