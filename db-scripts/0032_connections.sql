-- Connections of the dealers' network.
-- compatible: 0026

create table peer_connections (
    owner_id    bigint      not null,
    other_id    bigint      not null,
    grants      text        not null,
    is_blocked  boolean     not null default false,
    is_inviter  boolean     not null,
    since       timestamptz not null,
    updated_at  timestamptz not null,
    ended_at    timestamptz,
    constraint peer_connections_pkey primary key (owner_id, other_id),
    constraint peer_connections_owner_fkey foreign key (owner_id) references peers (user_id),
    constraint peer_connections_other_fkey foreign key (other_id) references peers (user_id),
    constraint peer_connections_two check (owner_id <> other_id),
    constraint peer_connections_grants_known check (grants in ('View', 'Order', 'Manage'))
);
comment on table peer_connections is 'Two rows a connection, one for each side: what the owner grants the other, and whether the owner blocks the other. Both rows of a pair are locked together, by ascending owner. Written by Dealers/Connections.';

create index peer_connections_list on peer_connections (owner_id, since desc, other_id desc);

create or replace function erase_peer() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform 1 from peer_connections c where new.user_id in (c.owner_id, c.other_id) order by c.owner_id, c.other_id for update;
    delete from peer_connections c where new.user_id in (c.owner_id, c.other_id);
    update invitations set revoked_at = clock_timestamp() where inviter_id = new.user_id and used_at is null and revoked_at is null;
    delete from invitation_requests where requester_id = new.user_id;
    delete from invitation_tries where user_id = new.user_id;
    update peers set name = null, is_discoverable = false, hides_status = true, last_seen_at = null where user_id = new.user_id;
    return null;
end
$$;
revoke all on function erase_peer() from public;

grant select, insert on peer_connections to p2p_app;
grant update (grants, is_blocked, is_inviter, since, updated_at, ended_at) on peer_connections to p2p_app;
