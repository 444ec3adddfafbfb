-- Chat: a room for each order, opened with it.

create table chat_rooms (
    order_id          uuid   not null,
    last_seq          bigint not null default 0,
    buyer_delivered   bigint not null default 0,
    buyer_read        bigint not null default 0,
    seller_delivered  bigint not null default 0,
    seller_read       bigint not null default 0,
    constraint chat_rooms_pkey primary key (order_id),
    constraint chat_rooms_order_fkey foreign key (order_id) references orders (id),
    constraint chat_rooms_marks_ordered check (buyer_read <= buyer_delivered and seller_read <= seller_delivered
                                           and buyer_delivered <= last_seq and seller_delivered <= last_seq)
) with (fillfactor = 60);
comment on table chat_rooms is 'One row an order: the number of the newest message, moved by chat_append only, and how far each party has received and read, moved by Deals/Chat. Locked after the order and before event streams.';

create table chat_messages (
    order_id   uuid        not null,
    seq        bigint      not null,
    id         uuid        not null,
    sender_id  bigint      not null,
    kind       text        not null,
    text       text        not null,
    code       text,
    args       text,
    at         timestamptz not null,
    constraint chat_messages_pkey primary key (order_id, seq),
    constraint chat_messages_kind_known check (kind in ('Text', 'System', 'AutoReply')),
    constraint chat_messages_system_has_code check ((kind = 'System') = (code is not null) and (kind = 'System') = (sender_id = 0)),
    constraint chat_messages_text_bounded check (char_length(text) <= 4000)
);
comment on table chat_messages is 'What was said in the rooms, numbered without gaps by order; sender 0 is the server. Written by chat_append only, which keeps every row in a room: a foreign key would check that once more for each.';

create trigger chat_messages_append_only before update or delete or truncate on chat_messages
    for each statement execute function refuse_change();

-- The one door of every message: locks the rooms in ascending order, makes those that are not there yet, numbers the messages in the order of the
-- arrays, inserts them. Takes a whole batch. A room that is missing belongs to an order that is being placed, whose row nobody else sees yet.
create function chat_append(p_orders uuid[], p_ids uuid[], p_senders bigint[], p_kinds text[], p_texts text[], p_codes text[], p_args text[],
    p_at timestamptz)
returns table (id uuid, seq bigint)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    locked  bigint;
begin
    perform 1 from chat_rooms r where r.order_id = any(p_orders) order by r.order_id for no key update;
    get diagnostics locked = row_count;
    if locked < (select count(distinct x.order_id) from unnest(p_orders) x(order_id)) then
        insert into chat_rooms (order_id)
        select distinct x.order_id
          from unnest(p_orders) x(order_id)
         where not exists (select 1 from chat_rooms r where r.order_id = x.order_id)
         order by x.order_id
            on conflict do nothing;
    end if;

    return query
    with fresh as (
        select x.order_id, r.last_seq + row_number() over (partition by x.order_id order by x.ord) as seq, x.id, x.sender_id, x.kind, x.text,
               x.code, x.args
          from unnest(p_orders, p_ids, p_senders, p_kinds, p_texts, p_codes, p_args) with ordinality
               x(order_id, id, sender_id, kind, text, code, args, ord)
          join chat_rooms r on r.order_id = x.order_id
    ), moved as (
        update chat_rooms r set last_seq = f.seq
          from (select f.order_id, max(f.seq) as seq from fresh f group by f.order_id) f
         where r.order_id = f.order_id
    )
    insert into chat_messages as m (order_id, seq, id, sender_id, kind, text, code, args, at)
    select f.order_id, f.seq, f.id, f.sender_id, f.kind, f.text, f.code, f.args, p_at from fresh f
    returning m.id, m.seq;
end
$$;
revoke all on function chat_append(uuid[], uuid[], bigint[], text[], text[], text[], text[], timestamptz) from public;

-- Orders from before the chat.
insert into chat_rooms (order_id) select o.id from orders o;

grant select on chat_rooms, chat_messages to p2p_app;
grant update (buyer_delivered, buyer_read, seller_delivered, seller_read) on chat_rooms to p2p_app;
grant execute on function chat_append(uuid[], uuid[], bigint[], text[], text[], text[], text[], timestamptz) to p2p_app;
