-- Cases: who of the staff is there, who helps with a dispute, who watches it, what staff read in private rooms; complaints about orders that have
-- ended; ads that staff hid.

create table staff_members (
    user_id  bigint      not null,
    roles    text[]      not null,
    seen_at  timestamptz not null,
    constraint staff_members_pkey primary key (user_id),
    constraint staff_members_user_fkey foreign key (user_id) references users (id),
    constraint staff_members_roles_some check (cardinality(roles) between 1 and 10)
);
comment on table staff_members is 'Everyone who was ever connected as staff, with the roles of the last connection. Grants nothing: each call looks at its token. Written by Admin.';

create table dispute_helpers (
    dispute_id  uuid        not null,
    user_id     bigint      not null,
    added_by    bigint      not null,
    at          timestamptz not null,
    constraint dispute_helpers_pkey primary key (dispute_id, user_id),
    constraint dispute_helpers_dispute_fkey foreign key (dispute_id) references disputes (id),
    constraint dispute_helpers_user_fkey foreign key (user_id) references users (id)
);
comment on table dispute_helpers is 'Who of the staff may read the room of a disputed order besides its assignee. Written by Admin; the audit log keeps who was added and removed.';

create table dispute_watches (
    user_id     bigint      not null,
    dispute_id  uuid        not null,
    note        text,
    at          timestamptz not null,
    constraint dispute_watches_pkey primary key (user_id, dispute_id),
    constraint dispute_watches_dispute_fkey foreign key (dispute_id) references disputes (id),
    constraint dispute_watches_user_fkey foreign key (user_id) references users (id),
    constraint dispute_watches_note_bounded check (length(note) between 1 and 1000)
);
comment on table dispute_watches is 'Each member of staff''s own list of cases to follow. Written by Admin.';

create index disputes_by_assignee on disputes (assignee_id) where deadline is not null and assignee_id is not null;

create table complaints (
    id            uuid        not null,
    order_id      uuid        not null,
    filer_id      bigint      not null,
    filed_by      text        not null,
    reason        text        not null,
    body          text        not null,
    status        text        not null,
    version       integer     not null,
    filed_at      timestamptz not null,
    assignee_id   bigint,
    outcome       text,
    against       text,
    outcome_body  text,
    decider_id    bigint,
    decided_at    timestamptz,
    constraint complaints_pkey primary key (id),
    constraint complaints_one_a_party unique (order_id, filer_id),
    constraint complaints_order_fkey foreign key (order_id) references orders (id),
    constraint complaints_filer_fkey foreign key (filer_id) references users (id),
    constraint complaints_filed_by_known check (filed_by in ('Buyer', 'Seller')),
    constraint complaints_reason_known check (reason in ('PaidLate', 'NotPaid', 'PaymentReversed', 'WrongAmount', 'PayerNameMismatch', 'Abuse',
        'FalseReview', 'Other')),
    constraint complaints_body_bounded check (length(body) between 1 and 4000),
    constraint complaints_status_known check (status in ('Open', 'UnderReview', 'Decided')),
    constraint complaints_outcome_known check (outcome in ('Closed', 'Warning', 'Suspension', 'ReviewRemoved')),
    constraint complaints_against_known check (against in ('Buyer', 'Seller')),
    constraint complaints_decided_whole check (num_nulls(outcome, outcome_body, decider_id, decided_at) = case status when 'Decided' then 0 else 4 end),
    constraint complaints_measure_has_subject check (coalesce(outcome, 'Closed') = 'Closed' or against is not null)
) with (fillfactor = 80);
comment on table complaints is 'What a party holds against the other after an order has ended, at most one a party and order. Moves no escrow and changes no order. Written by Deals/Complaints.';

create index complaints_open on complaints (id) where status <> 'Decided';
create index complaints_by_filer on complaints (filer_id, id desc);
create index complaints_by_assignee on complaints (assignee_id) where status <> 'Decided' and assignee_id is not null;

create table complaint_evidence (
    id            uuid        not null,
    complaint_id  uuid        not null,
    user_id       bigint      not null,
    body          text        not null,
    at            timestamptz not null,
    constraint complaint_evidence_pkey primary key (id),
    constraint complaint_evidence_complaint_fkey foreign key (complaint_id) references complaints (id),
    constraint complaint_evidence_body_bounded check (length(body) between 1 and 4000)
);
comment on table complaint_evidence is 'What the parties showed of a complaint. Written by Deals/Complaints.';

create index complaint_evidence_by_complaint on complaint_evidence (complaint_id, user_id);
create trigger complaint_evidence_append_only before update or delete or truncate on complaint_evidence
    for each statement execute function refuse_change();

create table staff_reads (
    id         uuid        not null,
    order_id   uuid        not null,
    reader_id  bigint      not null,
    role       text        not null,
    from_seq   bigint,
    to_seq     bigint,
    file_id    uuid,
    reason     text        not null,
    at         timestamptz not null,
    constraint staff_reads_pkey primary key (id),
    constraint staff_reads_order_fkey foreign key (order_id) references orders (id),
    constraint staff_reads_role_known check (role in ('Arbitrator', 'Helper')),
    constraint staff_reads_of_one_kind check (file_id is null or (from_seq is null and to_seq is null))
);
comment on table staff_reads is 'Every read of a private room by staff, for its parties; the audit log has the same with the reader''s name. Written by Deals/Chat.';

create index staff_reads_by_order on staff_reads (order_id, id);
create trigger staff_reads_append_only before update or delete or truncate on staff_reads
    for each statement execute function refuse_change();

alter table ads
    add column hidden_at timestamptz,
    add column hidden_by text,
    add column hidden_reason text,
    add constraint ads_hidden_whole check (num_nulls(hidden_at, hidden_by, hidden_reason) in (0, 3));

grant select, insert on staff_members, dispute_helpers, dispute_watches, complaints, complaint_evidence, staff_reads to p2p_app;
grant update (roles, seen_at) on staff_members to p2p_app;
grant delete on dispute_helpers, dispute_watches to p2p_app;
grant update (note, at) on dispute_watches to p2p_app;
grant update (status, version, assignee_id, outcome, against, outcome_body, decider_id, decided_at) on complaints to p2p_app;
