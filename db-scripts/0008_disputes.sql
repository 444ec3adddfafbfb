-- Disputes: what happens to an order whose parties disagree. A suspension no longer stops an order's clock: it opens a dispute.

drop index orders_clock_stopped;
alter table orders drop constraint orders_clock;
alter table orders drop column time_left;
alter table orders drop constraint orders_duty_known;
alter table orders add constraint orders_duty_known check (duty in ('None', 'BuyerPays', 'SellerReleases', 'DisputeEnds'));
alter table orders add constraint orders_disputed_without_clock check (status <> 'Disputed' or deadline is null);
alter table order_history drop constraint order_history_by_known;
alter table order_history add constraint order_history_by_known check (by in ('Buyer', 'Seller', 'System', 'Staff'));

create table disputes (
    id             uuid        not null,
    order_id       uuid        not null,
    status         text        not null,
    version        integer     not null,
    reason         text        not null,
    body           text        not null,
    raised_by      text        not null,
    raiser_id      bigint      not null,
    raised_at      timestamptz not null,
    deadline       timestamptz,
    assignee_id    bigint,
    rounds         integer     not null default 0,
    decision       text,
    buyer_percent  numeric(5, 2),
    ruling_body    text,
    ruling_rule    text,
    ruler_id       bigint,
    second_wanted  boolean     not null default false,
    buyer_accepts  boolean     not null default false,
    seller_accepts boolean     not null default false,
    appealed_by    text,
    appeal_body    text,
    constraint disputes_pkey primary key (id),
    constraint disputes_one_an_order unique (order_id),
    constraint disputes_order_fkey foreign key (order_id) references orders (id),
    constraint disputes_status_known check (status in ('Negotiating', 'AwaitingStaff', 'DecisionPending', 'Appealed', 'Settled', 'Decided')),
    constraint disputes_reason_known check (reason in ('NotReleased', 'NotPaid', 'WrongAmount', 'PayerNameMismatch', 'Other', 'Overdue',
        'PartySuspended')),
    constraint disputes_raised_by_known check (raised_by in ('Buyer', 'Seller', 'System')),
    constraint disputes_appealed_by_known check (appealed_by in ('Buyer', 'Seller')),
    constraint disputes_decision_known check (decision in ('Release', 'Refund', 'Split')),
    constraint disputes_percent_fits_decision check ((buyer_percent is not null) = (decision is not distinct from 'Split')
        and (buyer_percent is null or (buyer_percent > 0 and buyer_percent < 100))),
    constraint disputes_clock_fits_status check ((deadline is null) = (status in ('Settled', 'Decided'))),
    constraint disputes_pending_has_ruling check (status not in ('DecisionPending', 'Appealed', 'Decided') or decision is not null)
) with (fillfactor = 80);
comment on table disputes is 'At most one an order. decision, buyer_percent, ruling_* and ruler_id are the present ruling, or the one that a second person has still to confirm. Written by the engine only, under the order''s row lock.';

create index disputes_due on disputes (deadline) where deadline is not null;
create index disputes_open_by_raiser on disputes (raiser_id) where deadline is not null;

create table dispute_steps (
    dispute_id  uuid        not null,
    version     integer     not null,
    action      text        not null,
    by          text        not null,
    actor_id    bigint      not null,
    status      text        not null,
    rule        text,
    at          timestamptz not null,
    constraint dispute_steps_pkey primary key (dispute_id, version),
    constraint dispute_steps_dispute_fkey foreign key (dispute_id) references disputes (id),
    constraint dispute_steps_time_names_its_rule check ((action = 'TimeOver') = (rule is not null))
);
comment on table dispute_steps is 'Every change of every dispute; what a deadline did names its rule. Written by the engine only.';

create table dispute_rulings (
    dispute_id     uuid        not null,
    seq            integer     not null,
    decision       text        not null,
    buyer_percent  numeric(5, 2),
    rule           text,
    ruler_id       bigint      not null,
    second_id      bigint,
    body           text        not null,
    is_final       boolean     not null,
    at             timestamptz not null,
    constraint dispute_rulings_pkey primary key (dispute_id, seq),
    constraint dispute_rulings_dispute_fkey foreign key (dispute_id) references disputes (id),
    constraint dispute_rulings_two_people check (second_id is null or second_id <> ruler_id)
);
comment on table dispute_rulings is 'Every ruling that the parties were shown, by people or by a rule that is named. Written by the engine only.';

create table dispute_evidence (
    id          uuid        not null,
    dispute_id  uuid        not null,
    user_id     bigint      not null,
    body        text        not null,
    at          timestamptz not null,
    constraint dispute_evidence_pkey primary key (id),
    constraint dispute_evidence_dispute_fkey foreign key (dispute_id) references disputes (id)
);
comment on table dispute_evidence is 'What the parties showed. Written by the disputes'' calls.';

create index dispute_evidence_by_dispute on dispute_evidence (dispute_id, user_id);

create trigger dispute_steps_append_only before update or delete or truncate on dispute_steps
    for each statement execute function refuse_change();
create trigger dispute_rulings_append_only before update or delete or truncate on dispute_rulings
    for each statement execute function refuse_change();
create trigger dispute_evidence_append_only before update or delete or truncate on dispute_evidence
    for each statement execute function refuse_change();

-- A split gives the buyer a part and the seller the rest; what both get together is what was held, because entries sum to zero.
create or replace function ledger_allows(p_kind text, p_account_kind text, p_account uuid, p_user bigint, p_amount numeric,
    p_order uuid, p_buyer bigint, p_seller bigint, p_held numeric, p_fee numeric)
returns boolean
language sql immutable as $$
    select case p_kind
        when 'Hold' then
               (p_account_kind = 'Available' and p_user = p_seller and p_amount = -p_held)
            or (p_account_kind = 'Escrow' and p_account = p_order and p_amount = p_held)
        when 'Release' then
               (p_account_kind = 'Escrow' and p_account = p_order and p_amount = -p_held)
            or (p_account_kind = 'Available' and p_user = p_buyer and p_amount = p_held - p_fee)
            or (p_account_kind = 'Fees' and p_amount = p_fee)
        when 'Refund' then
               (p_account_kind = 'Escrow' and p_account = p_order and p_amount = -p_held)
            or (p_account_kind = 'Available' and p_user = p_seller and p_amount = p_held)
        when 'Split' then
               (p_account_kind = 'Escrow' and p_account = p_order and p_amount = -p_held)
            or (p_account_kind = 'Available' and p_user in (p_buyer, p_seller) and p_amount > 0 and p_amount < p_held)
        when 'Deposit' then
               (p_account_kind = 'External' and p_amount < 0) or (p_account_kind = 'Available' and p_amount > 0)
        when 'WithdrawalHold' then
               (p_account_kind = 'Available' and p_amount < 0) or (p_account_kind = 'Withdrawal' and p_amount > 0)
        when 'WithdrawalSettled' then
               (p_account_kind = 'Withdrawal' and p_amount < 0) or (p_account_kind = 'External' and p_amount > 0)
        when 'WithdrawalReturned' then
               (p_account_kind = 'Withdrawal' and p_amount < 0) or (p_account_kind = 'Available' and p_amount > 0)
        else false
    end
$$;

grant select, insert on disputes to p2p_app;
grant update (status, version, deadline, assignee_id, rounds, decision, buyer_percent, ruling_body, ruling_rule, ruler_id, second_wanted,
              buyer_accepts, seller_accepts, appealed_by, appeal_body) on disputes to p2p_app;
grant select, insert on dispute_steps, dispute_rulings, dispute_evidence to p2p_app;
