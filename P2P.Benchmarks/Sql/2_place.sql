-- Takes an ad: one command, one transaction. Locks offer, standings, account and streams in the global order; the request and the clock are read
-- after the locks.
create or replace function bench_place(
    p_user bigint, p_request uuid, p_body_hash bytea, p_order uuid, p_offer uuid, p_crypto numeric, p_method bigint, out reply text, out order_id uuid)
language plpgsql as $$
declare
    f        offers;
    low      standings;
    high     standings;
    taker    standings;
    maker    standings;
    ad       record;
    profile  record;
    source   record;
    stored   record;
    o        orders;
    d        crypto_orders;
    zero     bytea := '\x0000000000000000000000000000000000000000000000000000000000000000';
    code     text;
    at       timestamptz;
    us       bigint;
    transfer uuid;
    body     text;
    role     text;
begin
    order_id := p_order;
    select * into f from offers x where x.id = p_offer for no key update;
    if not found then
        reply := bench_refuse(p_user, p_request, p_body_hash, 'NOT_FOUND');
        return;
    end if;

    select * into low from standings x where x.user_id = least(p_user, f.owner_id) for no key update;
    select * into high from standings x where x.user_id = greatest(p_user, f.owner_id) for no key update;
    if p_user < f.owner_id then taker := low; maker := high; else taker := high; maker := low; end if;

    select a.side, a.fiat, a.price_kind, a.price_fixed, a.price_percent, a.price_floor, a.price_ceiling, a.amount_min, a.amount_max,
           a.payment_method_ids, a.payment_window_minutes, a.visibility, a.terms, a.auto_reply, a.completed_trades_min, a.completion_rate_min,
           a.account_age_days_min, a.verified_only, a.closed_at, s.scale as asset_scale, c.scale as fiat_scale, s.fee_rate
      into ad
      from ads a
      join assets s on s.code = a.asset
      join currencies c on c.code = a.fiat
     where a.id = p_offer;
    select x.is_verified, x.joined_at into profile from profiles x where x.user_id = p_user;

    o.seller_id := case when f.owner_gives then f.owner_id else p_user end;
    o.buyer_id := case when f.owner_gives then p_user else f.owner_id end;
    select x.id into d.payment_account_id
      from payment_accounts x
     where x.user_id = o.seller_id and x.payment_method_id = p_method and x.deleted_at is null
     order by x.created_at, x.id
     limit 1;
    select x.id, x.balance, x.seq, x.head into source
      from accounts x
     where x.user_id = o.seller_id and x.asset = f.unit and x.kind = 'Available'
       for no key update;
    select r.body_hash, r.code, r.reply into stored from requests r where r.user_id = p_user and r.request_id = p_request;
    if found then
        reply := case when stored.body_hash = p_body_hash then coalesce(stored.code, stored.reply) else 'REQUEST_ID_REUSED' end;
        return;
    end if;

    at := clock_timestamp();
    d.price := ad.price_fixed;
    if ad.price_kind = 'Floating' then
        select round(p.price * ad.price_percent / 100, 8) into d.price from prices p where p.asset = f.unit and p.fiat = ad.fiat;
        d.price := least(greatest(d.price, ad.price_floor), ad.price_ceiling);
    end if;

    d.crypto_amount := p_crypto;
    d.fiat_amount := round(p_crypto * d.price, ad.fiat_scale);
    o.fee := case when ad.fee_rate = 0 then 0 else ceil(p_crypto * ad.fee_rate * 10 ^ ad.asset_scale) / 10 ^ ad.asset_scale end;
    o.held := case when ad.side = 'Sell' then p_crypto + o.fee else p_crypto end;
    code := case
        when ad.visibility = 'Chosen' and not exists (select 1 from ad_viewers v where v.ad_id = p_offer and v.user_id = p_user) then 'NOT_FOUND'
        when ad.visibility = 'Link' then 'NOT_FOUND'
        when f.owner_id = p_user then 'OWN_AD'
        when taker.suspended then 'SUSPENDED'
        when taker.cooling_down_until > at then 'COOLING_DOWN'
        when taker.open_as_taker >= 1000000 then 'QUOTA_EXCEEDED'
        when ad.side = 'Sell' and taker.unpaid_as_taker >= 1000000 then 'QUOTA_EXCEEDED'
        when ad.closed_at is not null or not f.open or maker.suspended then 'AD_UNAVAILABLE'
        when ad.side = 'Buy' and maker.cooling_down_until > at then 'AD_UNAVAILABLE'
        when d.price is null then 'NO_REFERENCE_PRICE'
        when p_crypto <> trunc(p_crypto, ad.asset_scale) then 'BAD_INPUT'
        when d.fiat_amount < ad.amount_min or p_crypto <= o.fee then 'AMOUNT_TOO_SMALL'
        when d.fiat_amount > ad.amount_max then 'AMOUNT_TOO_LARGE'
        when p_crypto > f.remaining then 'NOT_ENOUGH_REMAINING'
        when p_method <> all (ad.payment_method_ids) then 'PAYMENT_METHOD_NOT_ACCEPTED'
        when d.payment_account_id is null then 'PAYMENT_ACCOUNT_REQUIRED'
        when ad.verified_only and not profile.is_verified then 'NOT_VERIFIED'
        when taker.completed < ad.completed_trades_min then 'TOO_FEW_TRADES'
        when taker.completed * 100 < ad.completion_rate_min * (taker.completed + taker.cancelled) then 'COMPLETION_RATE_TOO_LOW'
        when profile.joined_at > at - make_interval(days => ad.account_age_days_min) then 'ACCOUNT_TOO_YOUNG'
        when source.balance is null or source.balance < o.held then 'INSUFFICIENT_BALANCE'
    end;
    if code is not null then
        reply := bench_refuse(p_user, p_request, p_body_hash, code);
        return;
    end if;

    us := extract(epoch from at) * 1000000;
    role := case when f.owner_gives then 'Buyer' else 'Seller' end;
    o.id := p_order;
    o.kind := 'Crypto';
    o.offer_id := p_offer;
    o.maker := case when f.owner_gives then 'Seller' else 'Buyer' end;
    o.asset := f.unit;
    o.taken := p_crypto;
    o.status := 'AwaitingPayment';
    o.version := 1;
    o.duty := 'BuyerPays';
    o.deadline := at + make_interval(mins => ad.payment_window_minutes);
    o.overdue := false;
    o.history_head := bench_history_hash(zero, p_order, 1, null, o.status, 'Place', role, p_user, us);
    o.created_at := at;
    o.updated_at := at;
    insert into orders (id, kind, offer_id, buyer_id, seller_id, maker, asset, held, fee, taken, status, version, duty, deadline, overdue,
                        history_head, created_at, updated_at)
    values (o.id, o.kind, o.offer_id, o.buyer_id, o.seller_id, o.maker, o.asset, o.held, o.fee, o.taken, o.status, o.version, o.duty, o.deadline,
            o.overdue, o.history_head, o.created_at, o.updated_at);

    d.order_id := p_order;
    d.fiat := ad.fiat;
    d.price_source := 'fixed';
    d.payment_method_id := p_method;
    d.payment_window_minutes := ad.payment_window_minutes;
    d.window_extended := false;
    d.confirmation_undone := false;
    d.seller_acted := false;
    d.payment_deadline := o.deadline;
    d.terms := ad.terms;
    d.auto_reply := ad.auto_reply;
    insert into crypto_orders select d.*;

    update offers x set remaining = x.remaining - p_crypto, changed_at = at where x.id = p_offer;
    update standings x
       set open_as_taker = x.open_as_taker + 1, unpaid_as_taker = x.unpaid_as_taker + case when f.owner_gives then 1 else 0 end,
           day_volume = bench_volume(x.day_volume, ad.fiat, at, d.fiat_amount)
     where x.user_id = p_user;

    transfer := bench_uuid7();
    perform ledger_post(
        array[p_order], array['Escrow'], array[null::bigint], array[p_order], array[f.unit], array[null::smallint],
        array[transfer], array['Hold'], array[p_order],
        array[source.id, p_order], array[source.seq + 1, 1], array[transfer, transfer], array[f.unit, f.unit], array[-o.held, o.held],
        array[source.head, zero],
        array[bench_entry_hash(source.head, source.id, source.seq + 1, transfer, 'Hold', p_order, f.unit, -o.held, us),
              bench_entry_hash(zero, p_order, 1, transfer, 'Hold', p_order, f.unit, o.held, us)],
        at);
    perform history_append(
        array[p_order], array[1], array[null::text], array[o.status], array['Place'], array[role], array[p_user], array[zero], array[o.history_head], at);

    reply := bench_reply(p_order, 'awaitingPayment', 1, o.deadline);
    insert into requests (user_id, request_id, body_hash, code, reply, at) values (p_user, p_request, p_body_hash, null, reply, at);

    perform bench_chat(o, 'place', lower(role), 'The order was placed and its escrow is held.', at);
    body := bench_order_changed(o, d, 'place', lower(role));
    perform 1 from events_append(
        array[o.seller_id, o.buyer_id, o.seller_id], array['*', 'trade', 'trade'], array[gen_random_uuid(), gen_random_uuid(), gen_random_uuid()],
        array['BalanceChanged', 'OrderChanged', 'OrderChanged'],
        array[bench_balance_changed(f.unit, 'hold', -o.held, source.balance - o.held, p_order), body, body], at);
end
$$;
