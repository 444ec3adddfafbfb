-- Privacy: what is known of a person can be taken along, and taken out of what must stay.

create table privacy_exports (
    user_id  bigint      not null,
    at       timestamptz not null,
    constraint privacy_exports_user_fkey foreign key (user_id) references users (id)
);
comment on table privacy_exports is 'Who took along when what is known of them; counted, since each reads everything. Written by Accounts/Privacy.';

create index privacy_exports_by_user on privacy_exports (user_id, at);

create table deletions (
    user_id      bigint      not null,
    asked_at     timestamptz not null,
    due_at       timestamptz not null,
    next_at      timestamptz not null,
    sub          text,
    erased_at    timestamptz,
    finished_at  timestamptz,
    constraint deletions_pkey primary key (user_id),
    constraint deletions_user_fkey foreign key (user_id) references users (id),
    constraint deletions_in_order check (finished_at is null or (erased_at is not null and sub is null))
);
comment on table deletions is 'Accounts that are to be deleted: asked for, due after the grace, erased, and finished when the last words are old enough. next_at is when the sweep looks again; sub is the former subject, kept for a day to close what it opened. Asked for and called off by Accounts/Privacy, moved on by privacy_erase and privacy_erase_words only.';

create index deletions_next on deletions (next_at) where finished_at is null;

-- Words of an erased person may be emptied, and nothing else of the row may change with them; whoever asks.
create function refuse_unless_erased() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    words   text := tg_argv[0];
    person  bigint := (to_jsonb(old) ->> tg_argv[1])::bigint;
begin
    if to_jsonb(new) - words = to_jsonb(old) - words
       and coalesce(to_jsonb(new) ->> words, '') = ''
       and exists (select 1 from deletions d where d.user_id = person and d.erased_at is not null) then
        return new;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'P2P01';
end
$$;
revoke all on function refuse_unless_erased() from public;

drop trigger chat_messages_append_only on chat_messages;
create trigger chat_messages_append_only before delete or truncate on chat_messages
    for each statement execute function refuse_change();
create trigger chat_messages_stay before update on chat_messages
    for each row execute function refuse_unless_erased('text', 'sender_id');

drop trigger dispute_evidence_append_only on dispute_evidence;
create trigger dispute_evidence_append_only before delete or truncate on dispute_evidence
    for each statement execute function refuse_change();
create trigger dispute_evidence_stays before update on dispute_evidence
    for each row execute function refuse_unless_erased('body', 'user_id');

-- Words may be emptied; whoever writes some is held to a shortest length by the rules.
alter table complaints drop constraint complaints_body_bounded;
alter table complaints add constraint complaints_body_bounded check (length(body) <= 4000);
alter table complaint_evidence drop constraint complaint_evidence_body_bounded;
alter table complaint_evidence add constraint complaint_evidence_body_bounded check (length(body) <= 4000);

drop trigger complaint_evidence_append_only on complaint_evidence;
create trigger complaint_evidence_append_only before delete or truncate on complaint_evidence
    for each statement execute function refuse_change();
create trigger complaint_evidence_stays before update on complaint_evidence
    for each row execute function refuse_unless_erased('body', 'user_id');

-- The name of a device is no part of what was signed.
drop trigger key_log_append_only on key_log;
create trigger key_log_append_only before delete or truncate on key_log
    for each statement execute function refuse_change();
create trigger key_log_stays before update on key_log
    for each row execute function refuse_unless_erased('name', 'user_id');

-- What is left of an encrypted message: its head (107 bytes) and its link (32), so that the chain can still be followed. No envelope is as short.
create function envelope_without_words(p_envelope bytea, p_link bytea) returns bytea
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
    select substring(p_envelope from 1 for 107) || p_link
$$;
revoke all on function envelope_without_words(bytea, bytea) from public;

alter table chat_envelopes drop constraint chat_envelopes_link_is_hash;
alter table chat_envelopes add constraint chat_envelopes_link_is_hash check (
    link = case when length(envelope) = 139 and kind = 'Message' then substring(envelope from 108 for 32)
                else sha256(substring(envelope from 1 for length(envelope) - 64)) end);
comment on table chat_envelopes is 'What encrypted rooms hold: ciphertext with its sender''s signature, each naming the link of the one before it. Written by chat_seal only; never changed, but for messages of erased people, of which privacy_erase_words leaves head and link.';

create function refuse_unless_envelope_erased() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if old.kind = 'Message'
       and to_jsonb(new) - 'envelope' = to_jsonb(old) - 'envelope'
       and new.envelope = envelope_without_words(old.envelope, old.link)
       and exists (select 1 from deletions d where d.user_id = old.sender_id and d.erased_at is not null) then
        return new;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'P2P01';
end
$$;
revoke all on function refuse_unless_envelope_erased() from public;

drop trigger chat_envelopes_append_only on chat_envelopes;
create trigger chat_envelopes_append_only before delete or truncate on chat_envelopes
    for each statement execute function refuse_change();
create trigger chat_envelopes_stay before update on chat_envelopes
    for each row execute function refuse_unless_envelope_erased();

-- What stands between a person and the deletion of their account, as codes.
create function privacy_obstacles(p_user bigint) returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select array_remove(array[
        case when exists (select 1 from orders o
                           where (o.buyer_id = p_user or o.seller_id = p_user)
                             and o.status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed')) then 'OPEN_ORDERS' end,
        case when exists (select 1 from ads a where a.owner_id = p_user and a.closed_at is null) then 'OPEN_ADS' end,
        case when exists (select 1 from disputes d
                            join orders o on o.id = d.order_id
                           where d.deadline is not null
                             and (o.buyer_id = p_user or o.seller_id = p_user)) then 'OPEN_DISPUTES' end,
        case when exists (select 1 from accounts a where a.user_id = p_user and a.balance <> 0) then 'BALANCE_NOT_ZERO' end
    ], null)
$$;
revoke all on function privacy_obstacles(bigint) from public;

-- Erases a person whose grace is over: what names or reaches them goes at once, what they wrote to others after its time (privacy_erase_words).
-- Numbers, states and chains stay as they are. Answers what stands in the way, and then does nothing; empty when it is done, null when there was
-- nothing to do.
create function privacy_erase(p_user bigint) returns text[]
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    obstacles   text[];
    former_sub  text;
    now_at      timestamptz;
begin
    -- Another node may be at it, or it was called off.
    perform 1 from deletions d where d.user_id = p_user and d.erased_at is null and d.due_at <= clock_timestamp() for update skip locked;
    if not found then
        return null;
    end if;

    -- In the order of everybody else. Whoever places an order, takes or makes an ad or moves money of theirs waits here, and then finds them gone.
    perform 1 from offers f where f.owner_id = p_user order by f.id for no key update;
    perform 1 from standings s where s.user_id = p_user for no key update;
    perform 1 from accounts a where a.user_id = p_user order by a.id for no key update;
    obstacles := privacy_obstacles(p_user);
    if cardinality(obstacles) > 0 then
        update deletions set next_at = clock_timestamp() + interval '1 hour' where user_id = p_user;
        return obstacles;
    end if;

    now_at := clock_timestamp();
    update standings set suspended = true where user_id = p_user;
    update suspensions set lifted_at = now_at, lifted_by = 'system' where user_id = p_user and lifted_at is null;
    insert into suspensions (id, user_id, reason, suspended_by, at)
    values (gen_random_uuid(), p_user, 'This account was deleted.', 'system', now_at);

    -- A new sign-in is a new user. Tokens of the former one close for a few seconds longer than any node remembers it.
    select u.sub into former_sub from users u where u.id = p_user;
    update users set sub = 'deleted:' || gen_random_uuid() where id = p_user;
    delete from revocations where sub = former_sub;
    insert into revocations (sub, not_before, reason) values (former_sub, now_at + interval '5 seconds', 'revoked');
    delete from tickets where user_id = p_user;

    update profiles
       set username = null, username_skeleton = null, phone_number = null, email = null, picture_url = null, preferred_currency = null,
           preferred_payment_methods = '{}', auto_reply = null, is_verified = false, is_merchant = false, consented_version = null,
           username_changed_at = null, updated_at = now_at
     where user_id = p_user;
    update payment_accounts set label = null, fields = '{}', deleted_at = coalesce(deleted_at, now_at) where user_id = p_user;
    delete from contacts where user_id = p_user or other_id = p_user;
    update files set name = 'erased', removed_at = coalesce(removed_at, now_at) where owner_id = p_user and purpose = 'Picture';

    delete from ad_viewers v where v.user_id = p_user or v.ad_id in (select a.id from ads a where a.owner_id = p_user);
    update ads set terms = null, auto_reply = null where owner_id = p_user;
    update reviews set body = null where author_id = p_user;
    update reviews set reply = null, replied_at = null where subject_id = p_user;

    update merchant_applications
       set business_name = 'erased', registration_number = null, website = null, body = 'erased',
           status = case when status = 'Open' then 'Withdrawn' else status end, decided_at = coalesce(decided_at, now_at)
     where user_id = p_user;
    delete from merchant_reviews where user_id = p_user;
    delete from maker_hours where user_id = p_user;
    delete from dispute_watches where user_id = p_user;
    delete from dispute_helpers where user_id = p_user;
    delete from staff_members where user_id = p_user;

    -- Deliveries go with their endpoint; one that is on its way finds it gone.
    delete from webhook_endpoints where user_id = p_user;
    delete from web_push_subscriptions where user_id = p_user;
    delete from notifications where user_id = p_user;
    delete from notification_preferences where user_id = p_user;
    delete from email_addresses where user_id = p_user;
    delete from outbox where user_id = p_user;
    delete from second_factors where user_id = p_user;
    delete from privacy_exports where user_id = p_user;
    delete from requests where user_id = p_user;

    update deletions set erased_at = now_at, next_at = now_at, sub = former_sub where user_id = p_user;

    -- The log of keys lets names go of nobody but the erased.
    update key_log set name = null where user_id = p_user and name is not null;
    return '{}';
end
$$;
revoke all on function privacy_erase(bigint) from public;

-- Empties what an erased person wrote to others about orders that ended so many days ago, and closes the deletion when nothing is left.
create function privacy_erase_words(p_user bigint, p_days integer) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    now_at  timestamptz := clock_timestamp();
    old     uuid[];
begin
    perform 1 from deletions d where d.user_id = p_user and d.erased_at is not null and d.finished_at is null for update skip locked;
    if not found then
        return;
    end if;

    select coalesce(array_agg(o.id), '{}') into old
      from orders o
     where (o.buyer_id = p_user or o.seller_id = p_user)
       and o.updated_at <= now_at - make_interval(days => p_days);

    update chat_messages set text = '' where order_id = any(old) and sender_id = p_user and text <> '';
    update order_statements set body = '' where order_id = any(old) and user_id = p_user and body <> '';
    update dispute_evidence e set body = ''
      from disputes d
     where d.id = e.dispute_id and d.order_id = any(old) and e.user_id = p_user and e.body <> '';
    update disputes set body = '' where order_id = any(old) and raiser_id = p_user and body <> '';
    update disputes d set appeal_body = ''
      from orders o
     where o.id = d.order_id and d.order_id = any(old) and d.appeal_body <> ''
       and case d.appealed_by when 'Buyer' then o.buyer_id else o.seller_id end = p_user;
    update complaints set body = '' where order_id = any(old) and filer_id = p_user and body <> '';
    update complaint_evidence e set body = ''
      from complaints c
     where c.id = e.complaint_id and c.order_id = any(old) and e.user_id = p_user and e.body <> '';
    update chat_envelopes set envelope = envelope_without_words(envelope, link)
     where order_id = any(old) and sender_id = p_user and kind = 'Message' and length(envelope) <> 139;
    update crypto_orders c
       set payment_reference = case when o.buyer_id = p_user then null else c.payment_reference end,
           payer_name = case when o.buyer_id = p_user then null else c.payer_name end,
           terms = case when f.owner_id = p_user then null else c.terms end,
           auto_reply = case when f.owner_id = p_user then null else c.auto_reply end
      from orders o
      join offers f on f.id = o.offer_id
     where o.id = c.order_id and c.order_id = any(old);
    update files set name = 'erased', removed_at = coalesce(removed_at, now_at) where order_id = any(old) and owner_id = p_user;

    -- No node answers to the former subject after a day: then nobody needs it.
    delete from revocations r using deletions d
     where d.user_id = p_user and r.sub = d.sub and d.erased_at <= now_at - interval '1 day';
    update deletions d
       set sub = case when d.erased_at <= now_at - interval '1 day' then null else d.sub end,
           next_at = now_at + interval '1 day',
           finished_at = case when d.erased_at <= now_at - interval '1 day'
                               and not exists (select 1 from orders o
                                                where (o.buyer_id = p_user or o.seller_id = p_user) and not (o.id = any(old))) then now_at end
     where d.user_id = p_user;
end
$$;
revoke all on function privacy_erase_words(bigint, integer) from public;

grant select, insert, delete on privacy_exports to p2p_app;
grant select, delete on deletions to p2p_app;
grant insert (user_id, asked_at, due_at, next_at) on deletions to p2p_app;
grant execute on function privacy_obstacles(bigint) to p2p_app;
grant execute on function privacy_erase(bigint) to p2p_app;
grant execute on function privacy_erase_words(bigint, integer) to p2p_app;
