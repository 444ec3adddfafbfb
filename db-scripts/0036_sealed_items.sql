-- Items that the server cannot read.
-- compatible: 0026

alter table items add column sealed bytea;
alter table items add column key_version integer not null default 0;
alter table items drop constraint items_price_positive;
alter table items add constraint items_price_positive check (price > 0 or (price = 0 and (sealed is not null or closed_at is not null)));
alter table items add constraint items_sealed_says_nothing check (
    sealed is null or (name = '' and description is null and category is null and price = 0 and fields = '[]' and visibility <> 'Public'));
alter table items add constraint items_sealed_bounded check (sealed is null or (length(sealed) between 198 and 16384 and key_version > 0));
comment on column items.sealed is 'What the item is, encrypted by its owner''s device for those who may see it; null for an open item.';
comment on column items.key_version is 'The number of the key under which sealed is encrypted; 0 for an item that was never sealed.';

alter table files drop constraint files_item_is_picture;
alter table files add constraint files_item_is_picture check (purpose <> 'Item' or width is not null or encrypted);

create table item_keys (
    item_id  uuid        not null,
    user_id  bigint      not null,
    key_id   bytea       not null,
    wrapped  bytea       not null,
    at       timestamptz not null,
    constraint item_keys_pkey primary key (item_id, key_id),
    constraint item_keys_item_fkey foreign key (item_id) references items (id),
    constraint item_keys_user_fkey foreign key (user_id) references peers (user_id),
    constraint item_keys_id_is_hash check (length(key_id) = 32),
    constraint item_keys_wrapped_bounded check (length(wrapped) = 113)
);
comment on table item_keys is 'The present key of each sealed item, encrypted for devices of those who may see it. Written under the offer''s row lock.';

create index item_keys_by_user on item_keys (user_id);

create or replace function erase_peer() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform 1 from offers o where o.owner_id = new.user_id and o.kind = 'Goods' order by o.id for no key update;
    perform 1 from peers p where p.user_id = new.user_id for no key update;
    update offers set open = false, unit = '', version = version + 1, changed_at = clock_timestamp() where owner_id = new.user_id and kind = 'Goods';
    update items set name = '', description = null, category = null, fields = '[]', images = '{}', sealed = null,
                     closed_at = coalesce(closed_at, clock_timestamp())
     where owner_id = new.user_id;
    update files set name = 'erased', removed_at = coalesce(removed_at, clock_timestamp()) where owner_id = new.user_id and purpose = 'Item';
    delete from item_keys k where k.user_id = new.user_id or k.item_id in (select i.id from items i where i.owner_id = new.user_id);
    delete from item_shares s where s.user_id = new.user_id or s.item_id in (select i.id from items i where i.owner_id = new.user_id);
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

grant update (sealed, key_version) on items to p2p_app;
grant select, insert, delete on item_keys to p2p_app;
grant update (wrapped, at) on item_keys to p2p_app;
