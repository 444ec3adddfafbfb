-- Who asks to be a merchant, and which merchants staff should look at again.

create table merchant_applications (
    id                   uuid        not null,
    user_id              bigint      not null,
    business_name        text        not null,
    country              text        not null,
    registration_number  text,
    website              text,
    body                 text        not null,
    status               text        not null,
    created_at           timestamptz not null,
    decided_at           timestamptz,
    decided_by           text,
    decided_reason       text,
    constraint merchant_applications_pkey primary key (id),
    constraint merchant_applications_user_fkey foreign key (user_id) references users (id),
    constraint merchant_applications_status_known check (status in ('Open', 'Approved', 'Declined', 'Withdrawn')),
    constraint merchant_applications_end_has_time check ((status = 'Open') = (decided_at is null)),
    constraint merchant_applications_decision_has_reason check (
        (status in ('Approved', 'Declined')) = (decided_by is not null) and (decided_by is null) = (decided_reason is null)),
    constraint merchant_applications_bounded check (length(business_name) between 1 and 100 and length(country) = 2
        and length(registration_number) between 1 and 50 and length(website) between 1 and 500 and length(body) between 1 and 2000)
);
comment on table merchant_applications is 'Users who ask to be merchants, and what staff decided. Written by Accounts/Merchants and Admin/Merchants under the lock of the user''s profile; never deleted.';

create unique index merchant_applications_one_open on merchant_applications (user_id) where status = 'Open';
create index merchant_applications_by_user on merchant_applications (user_id, id desc);
create index merchant_applications_by_status on merchant_applications (status, id);

create table merchant_reviews (
    user_id      bigint      not null,
    proposed_at  timestamptz not null,
    kept_until   timestamptz,
    constraint merchant_reviews_pkey primary key (user_id),
    constraint merchant_reviews_user_fkey foreign key (user_id) references users (id)
);
comment on table merchant_reviews is 'Merchants who no longer meet the requirements: staff revoke the status, or keep it for a while. Proposed and taken back by Accounts/Merchants'' sweep, kept by Admin/Merchants.';

create index merchant_reviews_by_time on merchant_reviews (proposed_at, user_id);
create index profiles_merchants on profiles (user_id) where is_merchant;

grant select, insert on merchant_applications to p2p_app;
grant update (status, decided_at, decided_by, decided_reason) on merchant_applications to p2p_app;
grant select, insert, delete on merchant_reviews to p2p_app;
grant update (kept_until) on merchant_reviews to p2p_app;
