-- Event streams and the request log.

create table epoch (
    only_row  boolean not null default true,
    epoch     uuid    not null default gen_random_uuid(),
    constraint epoch_pkey primary key (only_row),
    constraint epoch_one_row check (only_row)
);
comment on table epoch is 'Names the history of this database; the operator renews it after a restore.';
insert into epoch default values;

create table streams (
    user_id    bigint not null,
    audience   text   not null,
    last_seq   bigint not null default 0,
    first_seq  bigint not null default 1,
    constraint streams_pkey primary key (user_id, audience),
    constraint streams_user_fkey foreign key (user_id) references users (id),
    constraint streams_audience_known check (audience in ('trade', 'dealer', 'admin'))
) with (fillfactor = 60);
comment on table streams is 'One row a user and audience: the number of the newest and of the oldest kept event. Moved by events_append only.';

create table events (
    user_id   bigint      not null,
    audience  text        not null,
    seq       bigint      not null,
    event_id  uuid        not null,
    type      text        not null,
    body      text        not null,
    at        timestamptz not null,
    constraint events_pkey primary key (user_id, audience, seq, at)
) partition by range (at);
comment on table events is 'What users must know, numbered without gaps by user and audience. Written by events_append only; whole months are dropped when they are old.';

create table events_rest partition of events default;

create trigger events_append_only before update or delete on events
    for each row execute function refuse_change();

-- Makes the partitions of this month and the two after it; harmless to repeat.
create function events_make_partitions() returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    month  timestamptz;
    made   integer := 0;
begin
    perform pg_advisory_xact_lock(7016203);
    for ahead in 0..2 loop
        month := date_trunc('month', clock_timestamp() at time zone 'UTC') at time zone 'UTC' + make_interval(months => ahead);
        if to_regclass(format('public.events_%s', to_char(month at time zone 'UTC', 'YYYYMM'))) is null then
            execute format('create table public.events_%s partition of public.events for values from (%L) to (%L)',
                to_char(month at time zone 'UTC', 'YYYYMM'), month, month + interval '1 month');
            made := made + 1;
        end if;
    end loop;
    return made;
end
$$;
revoke all on function events_make_partitions() from public;
select events_make_partitions();

-- The one door of every event, called as the last statement before the commit: locks the streams in the global order, numbers the events in the
-- order of the arrays, inserts them. Audience '*' means every audience in which the user has a stream. Appending never makes a stream: naming one
-- that does not exist is a fault of the caller.
create function events_append(p_users bigint[], p_audiences text[], p_ids uuid[], p_types text[], p_bodies text[], p_at timestamptz)
returns table (user_id bigint, audience text, seq bigint, event_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    perform 1 from streams s where s.user_id = any(p_users) order by s.user_id, s.audience for no key update;

    if exists (select 1 from unnest(p_users, p_audiences) x(usr, aud)
                where x.aud <> '*' and not exists (select 1 from streams s where s.user_id = x.usr and s.audience = x.aud)) then
        raise exception 'events_append: no such stream' using errcode = 'P2P02';
    end if;

    return query
    with fresh as (
        select s.user_id, s.audience, s.last_seq + row_number() over (partition by s.user_id, s.audience order by x.ord) as seq,
               x.id, x.type, x.body
          from unnest(p_users, p_audiences, p_ids, p_types, p_bodies) with ordinality x(usr, aud, id, type, body, ord)
          join streams s on s.user_id = x.usr and (x.aud = '*' or s.audience = x.aud)
    ), moved as (
        update streams s set last_seq = f.seq
          from (select f.user_id, f.audience, max(f.seq) as seq from fresh f group by f.user_id, f.audience) f
         where s.user_id = f.user_id and s.audience = f.audience
    )
    insert into events as e (user_id, audience, seq, event_id, type, body, at)
    select f.user_id, f.audience, f.seq, f.id, f.type, f.body, p_at from fresh f
    returning e.user_id, e.audience, e.seq, e.event_id;
end
$$;
revoke all on function events_append(bigint[], text[], uuid[], text[], text[], timestamptz) from public;

create table requests (
    user_id     bigint      not null,
    request_id  uuid        not null,
    body_hash   bytea       not null,
    code        text,
    reply       text,
    at          timestamptz not null,
    constraint requests_pkey primary key (user_id, request_id)
);
comment on table requests is 'Every decided command with its answer, or with the code of its refusal (reply then holds message and details); kept for 30 days. Written by the engine and the request log.';

create index requests_old on requests (at);

grant select on epoch, events to p2p_app;
grant select, insert on streams to p2p_app;
grant select, insert, delete on requests to p2p_app;
grant update (code, reply) on requests to p2p_app;
grant execute on function events_append(bigint[], text[], uuid[], text[], text[], timestamptz) to p2p_app;
grant execute on function events_make_partitions() to p2p_app;
