-- What staff need: an audit log whose fields cannot run into each other, the switches of the house.

-- Rows of version 1 joined their fields with a bar, which a field may contain: two different rows could hash alike. Rows of version 2 write each
-- field with its length before it. The version is a part of what is hashed.
alter table audit_log add column version smallint not null default 1;
alter table audit_log add constraint audit_log_version_known check (version in (1, 2));
comment on column audit_log.version is 'How the row is hashed: 2 since 0014; never lower than the row''s before it.';

create index audit_log_by_target on audit_log (target, seq desc);
create index audit_log_by_actor on audit_log (actor, seq desc);

-- One field as it is hashed: its bytes in UTF-8, counted; a dash for none.
create function audit_field(p_text text) returns text
language sql immutable as $$
    select case when p_text is null then '-' else octet_length(p_text) || ':' || p_text end
$$;

create or replace function audit_append(
    p_actor text, p_action text, p_target text, p_before text, p_after text, p_reason text, p_ip text)
returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    previous  record;
    now_at    timestamptz;
    next_seq  bigint;
begin
    -- One chain: appends run one after the other.
    perform pg_advisory_xact_lock(7016202);
    select l.seq, l.hash into previous from audit_log l order by l.seq desc limit 1;
    now_at := clock_timestamp();
    next_seq := coalesce(previous.seq, 0) + 1;
    insert into audit_log (seq, at, actor, action, target, before, after, reason, ip, version, hash)
    values (next_seq, now_at, p_actor, p_action, p_target, p_before, p_after, p_reason, p_ip, 2,
            sha256(coalesce(previous.hash, decode(repeat('00', 32), 'hex')) || convert_to(concat('v2',
                audit_field(next_seq::text), audit_field(((extract(epoch from now_at) * 1000000)::bigint)::text),
                audit_field(p_actor), audit_field(p_action), audit_field(p_target), audit_field(p_before), audit_field(p_after),
                audit_field(p_reason), audit_field(p_ip)), 'UTF8')));
    return next_seq;
end
$$;

create table switches (
    name    text        not null,
    paused  boolean     not null default false,
    reason  text,
    set_by  text,
    set_at  timestamptz,
    constraint switches_pkey primary key (name),
    constraint switches_name_known check (name in ('Trading', 'Releases')),
    constraint switches_say_why check (not paused or (reason is not null and set_by is not null and set_at is not null))
);
comment on table switches is 'The emergency switches, one row each: read by the engine with every batch under a shared lock, written by Admin and the ledger''s watch under the exclusive one.';

insert into switches (name) values ('Trading'), ('Releases');

grant select on switches to p2p_app;
grant update (paused, reason, set_by, set_at) on switches to p2p_app;

-- What is paused now. The shared lock makes whoever moves a switch wait for the batches that read it before, and lets none in meanwhile: after the
-- answer to a pause nothing that it stops commits. The second query has a snapshot of its own, taken under the lock.
create function switches_hold() returns table (name text, reason text, set_at timestamptz)
language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock_shared(7016220);
    return query select s.name, s.reason, s.set_at from switches s where s.paused;
end
$$;

create index streams_of_staff on streams (user_id) where audience = 'admin';
