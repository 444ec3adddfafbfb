-- The buyer says that the money is sent: one command, one transaction.
create or replace function bench_confirm(p_user bigint, p_request uuid, p_body_hash bytea, p_order uuid) returns text
language plpgsql as $$
declare
    o         orders;
    d         crypto_orders;
    low       standings;
    high      standings;
    stored    record;
    previous  bytea;
    code      text;
    reply     text;
    at        timestamptz;
    us        bigint;
    body      text;
begin
    select * into o from orders x where x.id = p_order for no key update;
    if not found or p_user not in (o.buyer_id, o.seller_id) then
        return bench_refuse(p_user, p_request, p_body_hash, 'NOT_FOUND');
    end if;

    select * into low from standings x where x.user_id = least(o.buyer_id, o.seller_id) for no key update;
    select * into high from standings x where x.user_id = greatest(o.buyer_id, o.seller_id) for no key update;
    select * into d from crypto_orders x where x.order_id = p_order;
    select r.body_hash, r.code, r.reply into stored from requests r where r.user_id = p_user and r.request_id = p_request;
    if found then
        return case when stored.body_hash = p_body_hash then coalesce(stored.code, stored.reply) else 'REQUEST_ID_REUSED' end;
    end if;

    at := clock_timestamp();
    code := case
        when o.status <> 'AwaitingPayment' then 'WRONG_STATUS'
        when p_user <> o.buyer_id then 'WRONG_PARTY'
        when at >= o.deadline then 'DEADLINE_PASSED'
    end;
    if code is not null then
        return bench_refuse(p_user, p_request, p_body_hash, code);
    end if;

    us := extract(epoch from at) * 1000000;
    previous := o.history_head;
    d.confirmed_at := at;
    d.payment_deadline := coalesce(o.deadline, at);
    o.status := 'PaymentConfirmed';
    o.version := o.version + 1;
    o.duty := 'SellerReleases';
    o.deadline := at + interval '1440 minutes';
    o.history_head := bench_history_hash(previous, p_order, o.version, 'AwaitingPayment', o.status, 'ConfirmPayment', 'Buyer', p_user, us);
    update orders x
       set status = o.status, version = o.version, duty = o.duty, deadline = o.deadline, history_head = o.history_head,
           updated_at = at
     where x.id = p_order;
    update crypto_orders x
       set payment_reference = null, payer_name = null, seller_acted = false, payment_deadline = d.payment_deadline, confirmed_at = at
     where x.order_id = p_order;
    if o.maker = 'Seller' then
        update standings x set unpaid_as_taker = x.unpaid_as_taker - 1 where x.user_id = o.buyer_id;
    end if;

    perform history_append(
        array[p_order], array[o.version], array['AwaitingPayment'], array[o.status], array['ConfirmPayment'], array['Buyer'], array[p_user],
        array[previous], array[o.history_head], at);

    reply := bench_reply(p_order, 'paymentConfirmed', o.version, o.deadline);
    insert into requests (user_id, request_id, body_hash, code, reply, at) values (p_user, p_request, p_body_hash, null, reply, at);

    perform bench_chat(o, 'confirmPayment', 'buyer', 'The buyer says that the money is sent.', at);
    body := bench_order_changed(o, d, 'confirmPayment', 'buyer');
    perform 1 from events_append(
        array[o.buyer_id, o.seller_id], array['trade', 'trade'], array[gen_random_uuid(), gen_random_uuid()], array['OrderChanged', 'OrderChanged'],
        array[body, body], at);
    return reply;
end
$$;
