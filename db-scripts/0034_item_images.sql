-- Pictures of items.
-- compatible: 0026

alter table files add column item_id uuid;
alter table files add constraint files_item_fkey foreign key (item_id) references items (id);
alter table files drop constraint files_purpose_known;
alter table files add constraint files_purpose_known check (purpose in ('Attachment', 'Picture', 'Item'));
alter table files add constraint files_item_has_item check ((purpose = 'Item') = (item_id is not null));
alter table files add constraint files_item_is_picture check (purpose <> 'Item' or width is not null);
comment on column files.item_id is 'The item that a file of purpose Item shows; whoever sees the item sees it.';

create index files_by_item on files (item_id) where item_id is not null and removed_at is null;

alter table items add column images uuid[] not null default '{}';
comment on column items.images is 'Its pictures in order, the first one first; each is a row of files whose item_id is this item.';

alter table item_history drop constraint item_history_action_known;
alter table item_history add constraint item_history_action_known
    check (action in ('Created', 'Changed', 'Priced', 'Stocked', 'Pictured', 'Deleted'));

create or replace function erase_peer() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform 1 from offers o where o.owner_id = new.user_id and o.kind = 'Goods' order by o.id for no key update;
    perform 1 from peers p where p.user_id = new.user_id for no key update;
    update offers set open = false, unit = '', version = version + 1, changed_at = clock_timestamp() where owner_id = new.user_id and kind = 'Goods';
    update items set name = '', description = null, category = null, fields = '[]', images = '{}', closed_at = coalesce(closed_at, clock_timestamp())
     where owner_id = new.user_id;
    update files set name = 'erased', removed_at = coalesce(removed_at, clock_timestamp()) where owner_id = new.user_id and purpose = 'Item';
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

grant update (images) on items to p2p_app;
