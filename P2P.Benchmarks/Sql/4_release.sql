-- The seller gives the asset to the buyer: one command, one transaction. Orders without a fee only, as those of the benchmark are.
create or replace function bench_release(p_user bigint, p_request uuid, p_body_hash bytea, p_order uuid) returns text
language plpgsql as $$
declare
    o         orders;
    d         crypto_orders;
    stored    record;
    a         record;
    source    record;
    target    record;
    previous  bytea;
    code      text;
    reply     text;
    at        timestamptz;
    us        bigint;
    transfer  uuid;
    body      text;
begin
    select * into o from orders x where x.id = p_order for no key update;
    if not found or p_user not in (o.buyer_id, o.seller_id) then
        return bench_refuse(p_user, p_request, p_body_hash, 'NOT_FOUND');
    end if;

    perform 1 from standings x where x.user_id = least(o.buyer_id, o.seller_id) for no key update;
    perform 1 from standings x where x.user_id = greatest(o.buyer_id, o.seller_id) for no key update;
    select * into d from crypto_orders x where x.order_id = p_order;
    for a in
        select x.id, x.balance, x.seq, x.head
          from accounts x
         where x.id = any(p_order || array(select y.id from accounts y where y.user_id = o.buyer_id and y.asset = o.asset and y.kind = 'Available'))
         order by x.id
           for no key update
    loop
        if a.id = p_order then source := a; else target := a; end if;
    end loop;
    select r.body_hash, r.code, r.reply into stored from requests r where r.user_id = p_user and r.request_id = p_request;
    if found then
        return case when stored.body_hash = p_body_hash then coalesce(stored.code, stored.reply) else 'REQUEST_ID_REUSED' end;
    end if;

    at := clock_timestamp();
    code := case
        when o.status <> 'PaymentConfirmed' then 'WRONG_STATUS'
        when p_user <> o.seller_id then 'WRONG_PARTY'
    end;
    if code is not null then
        return bench_refuse(p_user, p_request, p_body_hash, code);
    end if;

    us := extract(epoch from at) * 1000000;
    previous := o.history_head;
    o.status := 'Released';
    o.version := o.version + 1;
    o.duty := 'None';
    o.deadline := null;
    o.history_head := bench_history_hash(previous, p_order, o.version, 'PaymentConfirmed', o.status, 'Release', 'Seller', p_user, us);
    update orders x
       set status = o.status, version = o.version, duty = o.duty, deadline = null, cancel_requested_by = null,
           history_head = o.history_head, updated_at = at
     where x.id = p_order;
    update crypto_orders x set seller_acted = true where x.order_id = p_order;
    update standings x
       set open_as_taker = x.open_as_taker - case when (o.maker = 'Seller') = (x.user_id = o.buyer_id) then 1 else 0 end,
           completed = x.completed + 1, first_trade_at = coalesce(x.first_trade_at, at)
     where x.user_id in (o.buyer_id, o.seller_id);

    transfer := bench_uuid7();
    perform ledger_post(
        '{}', '{}', '{}', '{}', '{}', '{}',
        array[transfer], array['Release'], array[p_order],
        array[p_order, target.id], array[source.seq + 1, target.seq + 1], array[transfer, transfer], array[o.asset, o.asset], array[-o.held, o.held],
        array[source.head, target.head],
        array[bench_entry_hash(source.head, p_order, source.seq + 1, transfer, 'Release', p_order, o.asset, -o.held, us),
              bench_entry_hash(target.head, target.id, target.seq + 1, transfer, 'Release', p_order, o.asset, o.held, us)],
        at);
    perform history_append(
        array[p_order], array[o.version], array['PaymentConfirmed'], array[o.status], array['Release'], array['Seller'], array[p_user],
        array[previous], array[o.history_head], at);

    reply := bench_reply(p_order, 'released', o.version, null);
    insert into requests (user_id, request_id, body_hash, code, reply, at) values (p_user, p_request, p_body_hash, null, reply, at);

    perform bench_chat(o, 'release', 'seller', 'The seller released the escrow to the buyer.', at);
    body := bench_order_changed(o, d, 'release', 'seller');
    perform 1 from events_append(
        array[o.buyer_id, o.buyer_id, o.seller_id], array['*', 'trade', 'trade'], array[gen_random_uuid(), gen_random_uuid(), gen_random_uuid()],
        array['BalanceChanged', 'OrderChanged', 'OrderChanged'],
        array[bench_balance_changed(o.asset, 'release', o.held, target.balance + o.held, p_order), body, body], at);
    return reply;
end
$$;
