-- Public keys of users' devices, and end-to-end encrypted rooms.

create table key_log (
    user_id        bigint      not null,
    seq            integer     not null,
    kind           text        not null,
    key_id         bytea       not null,
    signing_key    bytea,
    agreement_key  bytea,
    signer_id      bytea       not null,
    statement      bytea       not null,
    link           bytea       not null,
    name           text,
    at             timestamptz not null,
    constraint key_log_pkey primary key (user_id, seq),
    constraint key_log_user_fkey foreign key (user_id) references users (id),
    constraint key_log_link_unique unique (link),
    constraint key_log_kind_known check (kind in ('Add', 'Revoke')),
    constraint key_log_seq_bounded check (seq between 1 and 200),
    constraint key_log_add_has_keys check ((kind = 'Add') = (signing_key is not null) and (kind = 'Add') = (agreement_key is not null)),
    constraint key_log_points check (length(signing_key) = 65 and length(agreement_key) = 65),
    constraint key_log_id_is_hash check (length(key_id) = 32 and (kind = 'Revoke' or key_id = sha256(signing_key || agreement_key))),
    constraint key_log_added_signs_itself check (kind = 'Revoke' or signer_id = key_id),
    constraint key_log_link_is_hash check (link = sha256(substring(statement from 1 for length(statement) - 64))),
    constraint key_log_statement_bounded check (length(statement) in (175, 273)),
    constraint key_log_name_bounded check (length(name) between 1 and 50)
);
comment on table key_log is 'Public keys of users'' devices, one chain a user: each statement holds the link of the one before it and is signed by a device. Written by key_append only; never changed.';

create unique index key_log_added_once on key_log (key_id) where kind = 'Add';
create unique index key_log_revoked_once on key_log (key_id) where kind = 'Revoke';

create trigger key_log_append_only before update or delete or truncate on key_log
    for each statement execute function refuse_change();

-- The one door of the key log: under the lock of the user's profile, the next number only, and only what names the newest link.
create function key_append(p_user bigint, p_seq integer, p_kind text, p_key bytea, p_signing bytea, p_agreement bytea, p_signer bytea,
    p_statement bytea, p_link bytea, p_name text, p_at timestamptz)
returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    newest  record;
begin
    perform 1 from profiles p where p.user_id = p_user for no key update;
    select l.seq, l.link into newest from key_log l where l.user_id = p_user order by l.seq desc limit 1;
    if p_seq <> coalesce(newest.seq, 0) + 1 or (newest.link is not null and substring(p_statement from 16 for 32) <> newest.link) then
        raise exception 'key_append: the entry does not follow the newest' using errcode = 'P2P03';
    end if;

    insert into key_log (user_id, seq, kind, key_id, signing_key, agreement_key, signer_id, statement, link, name, at)
    values (p_user, p_seq, p_kind, p_key, p_signing, p_agreement, p_signer, p_statement, p_link, p_name, p_at);
end
$$;
revoke all on function key_append(bigint, integer, text, bytea, bytea, bytea, bytea, bytea, bytea, text, timestamptz) from public;

alter table chat_messages drop constraint chat_messages_kind_known;
alter table chat_messages add constraint chat_messages_kind_known check (kind in ('Text', 'System', 'AutoReply', 'Encrypted'));
alter table chat_messages add constraint chat_messages_encrypted_says_nothing check (kind <> 'Encrypted' or text = '');

create table chat_chains (
    order_id     uuid    not null,
    state        text    not null,
    proposer_id  bigint  not null,
    epoch        integer not null,
    length       integer not null,
    head         bytea   not null,
    key_set      bytea   not null,
    constraint chat_chains_pkey primary key (order_id),
    constraint chat_chains_room_fkey foreign key (order_id) references chat_rooms (order_id),
    constraint chat_chains_state_known check (state in ('Proposed', 'Declined', 'On')),
    constraint chat_chains_counts_positive check (epoch > 0 and length >= epoch),
    constraint chat_chains_hashes check (length(head) = 32 and length(key_set) = 32)
) with (fillfactor = 60);
comment on table chat_chains is 'One row a room whose encryption was ever proposed: where its chain stands, and for which devices its newest key is. Written by chat_seal only, and by Deals/Chat when a proposal is declined; locked with its room.';

create table chat_envelopes (
    order_id   uuid    not null,
    idx        integer not null,
    seq        bigint  not null,
    kind       text    not null,
    sender_id  bigint  not null,
    key_id     bytea   not null,
    link       bytea   not null,
    envelope   bytea   not null,
    constraint chat_envelopes_pkey primary key (order_id, idx),
    constraint chat_envelopes_message_fkey foreign key (order_id, seq) references chat_messages (order_id, seq),
    constraint chat_envelopes_message_unique unique (order_id, seq),
    constraint chat_envelopes_kind_known check (kind in ('Propose', 'Accept', 'Rekey', 'Message')),
    constraint chat_envelopes_link_is_hash check (link = sha256(substring(envelope from 1 for length(envelope) - 64))),
    constraint chat_envelopes_bounded check (length(envelope) <= 12288)
);
comment on table chat_envelopes is 'What encrypted rooms hold: ciphertext with its sender''s signature, each naming the link of the one before it. Written by chat_seal only; never changed.';

create trigger chat_envelopes_append_only before update or delete or truncate on chat_envelopes
    for each statement execute function refuse_change();

-- The one door of envelopes: writes the message that carries one, and the envelope, only when it follows the newest of its room.
create function chat_seal(p_order uuid, p_id uuid, p_sender bigint, p_kind text, p_text text, p_code text, p_args text, p_at timestamptz,
    p_does text, p_by bigint, p_idx integer, p_epoch integer, p_key bytea, p_envelope bytea, p_link bytea, p_key_set bytea, p_state text)
returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    newest  record;
    placed  bigint;
begin
    select a.seq into placed
      from chat_append(array[p_order], array[p_id], array[p_sender], array[p_kind], array[p_text], array[p_code], array[p_args], p_at) a;
    select c.length, c.head, c.key_set into newest from chat_chains c where c.order_id = p_order;
    if p_idx <> coalesce(newest.length, 0) or (newest.head is not null and substring(p_envelope from 28 for 32) <> newest.head) then
        raise exception 'chat_seal: the envelope does not follow the newest' using errcode = 'P2P03';
    end if;

    insert into chat_chains as c (order_id, state, proposer_id, epoch, length, head, key_set)
    values (p_order, p_state, p_by, p_epoch, p_idx + 1, p_link, coalesce(p_key_set, newest.key_set))
        on conflict (order_id) do update
       set state = p_state,
           proposer_id = case when p_does = 'Propose' then p_by else c.proposer_id end,
           epoch = p_epoch,
           length = p_idx + 1,
           head = p_link,
           key_set = excluded.key_set;
    insert into chat_envelopes (order_id, idx, seq, kind, sender_id, key_id, link, envelope)
    values (p_order, p_idx, placed, p_does, p_by, p_key, p_link, p_envelope);
    return placed;
end
$$;
revoke all on function chat_seal(uuid, uuid, bigint, text, text, text, text, timestamptz, text, bigint, integer, integer, bytea, bytea, bytea, bytea,
    text) from public;

grant select on key_log, chat_chains, chat_envelopes to p2p_app;
grant update (state) on chat_chains to p2p_app;
grant execute on function key_append(bigint, integer, text, bytea, bytea, bytea, bytea, bytea, bytea, text, timestamptz) to p2p_app;
grant execute on function chat_seal(uuid, uuid, bigint, text, text, text, text, timestamptz, text, bigint, integer, integer, bytea, bytea, bytea,
    bytea, text) to p2p_app;
