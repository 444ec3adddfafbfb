-- What the three commands share. Functions of one expression are inlined into their callers' plans.

-- A UUID of version 7, so that rows of one moment lie together in the indexes, as those of the engine do.
create or replace function bench_uuid7() returns uuid
language sql volatile as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

create or replace function bench_time(p_at timestamptz) returns text
language sql stable as $$
    select coalesce(to_char(p_at at time zone 'UTC', '"\""YYYY-MM-DD"T"HH24:MI:SS.US"Z\""'), 'null')
$$;

create or replace function bench_entry_hash(
    p_previous bytea, p_account uuid, p_seq bigint, p_transfer uuid, p_kind text, p_order uuid, p_asset text, p_amount numeric, p_us bigint)
returns bytea
language sql stable as $$
    select sha256(p_previous || convert_to(format('|v1|%s|%s|%s|%s|%s|%s|%s|%s',
        p_account, p_seq, p_transfer, p_kind, p_order, p_asset, p_amount::numeric(28, 8), p_us), 'UTF8'))
$$;

create or replace function bench_history_hash(
    p_previous bytea, p_order uuid, p_version integer, p_from text, p_to text, p_action text, p_by text, p_actor bigint, p_us bigint)
returns bytea
language sql stable as $$
    select sha256(p_previous || convert_to(format('|v1|%s|%s|%s|%s|%s|%s|%s|%s', p_order, p_version, p_from, p_to, p_action, p_by, p_actor, p_us), 'UTF8'))
$$;

-- The body of OrderChanged. The names on the wire are the stored ones with a small first letter.
create or replace function bench_order_changed(o orders, d crypto_orders, p_action text, p_by text) returns text
language sql stable as $$
    select format('{"order":{"id":"%s","kind":"crypto","adId":"%s","buyerId":%s,"sellerId":%s,"status":"%s","version":%s,"asset":"%s",'
               || '"cryptoAmount":"%s","fiat":"%s","fiatAmount":"%s","price":"%s","fee":"%s","duty":"%s","deadline":%s,"overdue":%s,'
               || '"cancelRequestedBy":null},"action":"%s","by":"%s"}',
        o.id, o.offer_id, o.buyer_id, o.seller_id, lower(left(o.status, 1)) || substr(o.status, 2), o.version, o.asset,
        trim_scale(d.crypto_amount), d.fiat, trim_scale(d.fiat_amount), trim_scale(d.price), trim_scale(o.fee),
        lower(left(o.duty, 1)) || substr(o.duty, 2), bench_time(o.deadline), case when o.overdue then 'true' else 'false' end, p_action, p_by)
$$;

create or replace function bench_balance_changed(p_asset text, p_kind text, p_amount numeric, p_available numeric, p_order uuid) returns text
language sql stable as $$
    select format('{"asset":"%s","kind":"%s","amount":"%s","available":"%s","orderId":"%s","withdrawalId":null}',
        p_asset, p_kind, trim_scale(p_amount), trim_scale(p_available), p_order)
$$;

-- The room's message that the order changed, by the same door as the engine's. Ads of the benchmark have no auto-reply.
create or replace function bench_chat(o orders, p_action text, p_by text, p_text text, p_at timestamptz) returns void
language plpgsql as $$
begin
    perform 1 from chat_append(
        array[o.id], array[bench_uuid7()], array[0::bigint], array['System'], array[p_text], array['order.' || p_action],
        array[format('{"by":"%s","status":"%s","version":"%s"}', p_by, lower(left(o.status, 1)) || substr(o.status, 2), o.version)], p_at);
end
$$;

create or replace function bench_reply(p_order uuid, p_status text, p_version integer, p_deadline timestamptz) returns text
language sql stable as $$
    select format('{"orderId":"%s","status":"%s","version":%s,"deadline":%s}', p_order, p_status, p_version, bench_time(p_deadline))
$$;

-- A refusal: stored, so that a repeat hears the same.
create or replace function bench_refuse(p_user bigint, p_request uuid, p_body_hash bytea, p_code text) returns text
language plpgsql as $$
begin
    insert into requests (user_id, request_id, body_hash, code, reply, at)
    values (p_user, p_request, p_body_hash, p_code, format('{"code":"%s","message":"Refused.","details":null}', p_code), clock_timestamp());
    return p_code;
end
$$;

-- Adds an order's amount to the taker's day: by currency, and by the hour since 1970.
create or replace function bench_volume(p_volume jsonb, p_fiat text, p_at timestamptz, p_amount numeric) returns jsonb
language sql immutable as $$
    select jsonb_set(
        coalesce(p_volume, '{}') || case when p_volume ? p_fiat then '{}' else jsonb_build_object(p_fiat, '{}'::jsonb) end,
        array[p_fiat, x.hour],
        to_jsonb(coalesce((p_volume -> p_fiat ->> x.hour)::numeric, 0) + p_amount))
      from (select floor(extract(epoch from p_at) / 3600)::bigint::text as hour) x
$$;
