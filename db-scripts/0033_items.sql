-- Items of the dealers' network.
-- compatible: 0026

create table items (
    id           uuid           not null,
    owner_id     bigint         not null,
    name         text           not null,
    description  text,
    category     text,
    price        numeric(28, 8) not null,
    currency     text           not null,
    fields       jsonb          not null default '[]',
    visibility   text           not null,
    gives        text           not null,
    created_at   timestamptz    not null,
    closed_at    timestamptz,
    words        tsvector       generated always as (
        to_tsvector('simple', name || ' ' || coalesce(category, '') || ' ' || coalesce(description, ''))) stored,
    constraint items_pkey primary key (id),
    constraint items_offer_fkey foreign key (id) references offers (id),
    constraint items_owner_fkey foreign key (owner_id) references peers (user_id),
    constraint items_price_positive check (price > 0),
    constraint items_visibility_known check (visibility in ('Public', 'Private', 'Customers')),
    constraint items_gives_known check (gives in ('View', 'Order', 'Manage')),
    constraint items_fields_is_list check (jsonb_typeof(fields) = 'array')
) with (fillfactor = 80);
comment on table items is 'What dealers have: the detail rows of offers of kind Goods, whose remaining is the stock. Changed under the offer''s row lock by Dealers/Items.';

create index items_by_owner on items (owner_id, id desc) where closed_at is null;
create index items_public on items (id desc) where closed_at is null and visibility = 'Public';
create index items_words on items using gin (words);

create table item_shares (
    item_id  uuid        not null,
    user_id  bigint      not null,
    access   text        not null,
    at       timestamptz not null,
    constraint item_shares_pkey primary key (item_id, user_id),
    constraint item_shares_item_fkey foreign key (item_id) references items (id),
    constraint item_shares_user_fkey foreign key (user_id) references peers (user_id),
    constraint item_shares_access_known check (access in ('View', 'Order', 'Manage'))
);
comment on table item_shares is 'Items shared with single peers. A share is good for the connection during which it was made, and no later one. Written under the offer''s row lock.';

create index item_shares_by_user on item_shares (user_id, item_id);

create table item_history (
    item_id   uuid           not null,
    version   integer        not null,
    actor_id  bigint         not null,
    action    text           not null,
    price     numeric(28, 8) not null,
    stock     numeric(28, 8) not null,
    at        timestamptz    not null,
    constraint item_history_pkey primary key (item_id, version),
    constraint item_history_item_fkey foreign key (item_id) references items (id),
    constraint item_history_action_known check (action in ('Created', 'Changed', 'Priced', 'Stocked', 'Deleted'))
);
comment on table item_history is 'Who changed an item, and its price and stock afterwards. version is the offer''s.';

create trigger item_history_append_only before update or delete or truncate on item_history
    for each statement execute function refuse_change();

create or replace function erase_peer() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform 1 from offers o where o.owner_id = new.user_id and o.kind = 'Goods' order by o.id for no key update;
    perform 1 from peers p where p.user_id = new.user_id for no key update;
    update offers set open = false, unit = '', version = version + 1, changed_at = clock_timestamp() where owner_id = new.user_id and kind = 'Goods';
    update items set name = '', description = null, category = null, fields = '[]', closed_at = coalesce(closed_at, clock_timestamp())
     where owner_id = new.user_id;
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

grant select, insert on items to p2p_app;
grant update (name, description, category, price, currency, fields, visibility, gives, closed_at) on items to p2p_app;
grant select, insert, delete on item_shares to p2p_app;
grant update (access, at) on item_shares to p2p_app;
grant select, insert on item_history to p2p_app;
