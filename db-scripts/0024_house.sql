-- The house: the ledger's watch and what it finds, verifications on demand, the catalogue as staff change it, announcements.

create table ledger_watch (
    only_row         boolean     not null default true,
    checked_until    timestamptz not null default clock_timestamp(),
    checked_at       timestamptz,
    took_ms          integer     not null default 0,
    account          uuid        not null default '00000000-0000-0000-0000-000000000000',
    order_id         uuid        not null default '00000000-0000-0000-0000-000000000000',
    transfer         uuid        not null default '00000000-0000-0000-0000-000000000000',
    stream_user      bigint      not null default 0,
    stream_audience  text        not null default '',
    audit_head       bigint      not null default 0,
    audit_place      bigint      not null default 0,
    swept_at         timestamptz,
    constraint ledger_watch_pkey primary key (only_row),
    constraint ledger_watch_one_row check (only_row)
);
comment on table ledger_watch is 'How far the ledger''s watch has come: everything changed until checked_until, and the places of its slow sweep. Written by the watch.';
insert into ledger_watch default values;

create table ledger_findings (
    id               uuid        not null,
    key              text        not null,
    rule             text        not null,
    sentence         text        not null,
    source           text        not null,
    found_at         timestamptz not null,
    seen_at          timestamptz not null,
    acknowledged_by  text,
    acknowledged_at  timestamptz,
    note             text,
    constraint ledger_findings_pkey primary key (id),
    constraint ledger_findings_key_unique unique (key),
    constraint ledger_findings_source_known check (source in ('Watch', 'Verification')),
    constraint ledger_findings_acknowledged check ((acknowledged_by is null) = (acknowledged_at is null))
);
comment on table ledger_findings is 'What does not hold of the ledger, once each. Written by the watch, by verifications and, when they acknowledge one, by staff.';

create index ledger_findings_open on ledger_findings (id) where acknowledged_at is null;

create table ledger_verifications (
    id          uuid        not null,
    state       text        not null,
    asked_by    text        not null,
    reason      text        not null,
    asked_at    timestamptz not null,
    beat_at     timestamptz not null,
    stage       text,
    ended_at    timestamptz,
    report      jsonb,
    constraint ledger_verifications_pkey primary key (id),
    constraint ledger_verifications_state_known check (state in ('Waiting', 'Running', 'Clean', 'Violated', 'Failed'))
);
comment on table ledger_verifications is 'Whole verifications that staff asked for. A running one says every second that it lives. Written by the node that runs it.';

create index deposits_by_transfer on deposits (transfer_id);
create index events_by_time on events using brin (at) with (pages_per_range = 16, autosummarize = on);

grant select on ledger_watch, ledger_findings, ledger_verifications to p2p_app;
grant update (checked_until, checked_at, took_ms, account, order_id, transfer, stream_user, stream_audience, audit_head, audit_place, swept_at)
    on ledger_watch to p2p_app;
grant insert, update (sentence, found_at, seen_at, acknowledged_by, acknowledged_at, note) on ledger_findings to p2p_app;
grant insert, update (state, beat_at, stage, ended_at, report) on ledger_verifications to p2p_app;

-- The catalogue. An asset's code and scale are fixed when it is added: amounts that stand cannot become finer than they are.
alter table assets add column order_min numeric(28, 8);
alter table assets add column order_max numeric(28, 8);
alter table assets add column is_traded boolean not null default true;
alter table assets add column takes_deposits boolean not null default true;
alter table assets add constraint assets_order_amounts_ordered check (order_min > 0 and order_max > 0 and order_min <= order_max);
comment on table assets is 'What the ledger counts. fee_rate is the maker''s fee as a part of the traded amount, order_min and order_max bound one order; all of it counts for what is placed later. Written by scripts and staff.';
comment on table currencies is 'Fiat currencies (ISO 4217) with the digits of their minor unit. Written by scripts and staff.';
comment on table payment_methods is 'The catalogue: how fiat can be sent, and what a payer must know for it. Written by scripts and staff.';
comment on table terms is 'Published versions of the terms; the highest is the present one. Written by the operator''s `terms publish` and by staff.';

create index payment_methods_off on payment_methods (id) where not active;

grant insert, update (name, fee_rate, order_min, order_max, is_traded, takes_deposits) on assets to p2p_app;
grant insert on currencies to p2p_app;
grant insert, update (name, fields, active) on payment_methods to p2p_app;

create table announcements (
    id          uuid        not null,
    severity    text        not null,
    texts       jsonb       not null,
    from_at     timestamptz not null,
    until_at    timestamptz not null,
    made_by     text        not null,
    made_at     timestamptz not null,
    ended_at    timestamptz,
    constraint announcements_pkey primary key (id),
    constraint announcements_severity_known check (severity in ('Information', 'Warning', 'Critical')),
    constraint announcements_times_ordered check (from_at < until_at)
);
comment on table announcements is 'What the house tells everybody, in several languages, for a time. Written by staff.';

create index announcements_ending on announcements (until_at) where ended_at is null;

grant select, insert, update (ended_at) on announcements to p2p_app;
