-- Reviews of finished orders, the reputation that is computed from them, and whom a user blocks or favours.

create table reviews (
    id             uuid        not null,
    order_id       uuid        not null,
    author_id      bigint      not null,
    subject_id     bigint      not null,
    written_by     text        not null,
    stars          smallint    not null,
    tags           text[]      not null,
    body           text,
    version        integer     not null,
    reply          text,
    replied_at     timestamptz,
    hidden_at      timestamptz,
    hidden_by      text,
    hidden_reason  text,
    created_at     timestamptz not null,
    edited_at      timestamptz,
    constraint reviews_pkey primary key (id),
    constraint reviews_one_per_party unique (order_id, author_id),
    constraint reviews_order_fkey foreign key (order_id) references orders (id),
    constraint reviews_author_fkey foreign key (author_id) references users (id),
    constraint reviews_subject_fkey foreign key (subject_id) references users (id),
    constraint reviews_two_people check (author_id <> subject_id),
    constraint reviews_written_by_known check (written_by in ('Buyer', 'Seller')),
    constraint reviews_stars_known check (stars between 1 and 5),
    constraint reviews_tags_bounded check (cardinality(tags) <= 5),
    constraint reviews_body_bounded check (length(body) between 1 and 1000),
    constraint reviews_reply_bounded check (length(reply) between 1 and 1000),
    constraint reviews_reply_has_time check ((reply is null) = (replied_at is null)),
    constraint reviews_hidden_has_reason check ((hidden_at is null) = (hidden_by is null) and (hidden_at is null) = (hidden_reason is null))
);
comment on table reviews is 'What one party of a finished order says of the other. Written by Deals/Reviews under the lock of the reviewed profile; never deleted.';

create index reviews_by_subject on reviews (subject_id, id desc) where hidden_at is null;
create index reviews_by_author on reviews (author_id, id desc);

-- The mean of many reviews is kept by its sum, so that a review costs the same however many there are.
alter table profiles
    add column stars_sum bigint not null default 0,
    add constraint profiles_stars_fit check (stars_sum between total_reviews and 5 * total_reviews::bigint);
comment on table profiles is 'One row a user who joined. The skeleton folds names that look alike into one. Written by Accounts; the figures of reviews (avg_rating, total_reviews, stars_sum) by Deals/Reviews.';

create table reputations (
    user_id     bigint        not null,
    score       numeric(5, 2),
    partners    integer       not null default 0,
    counted     integer       not null default 0,
    is_stale    boolean       not null default true,
    updated_at  timestamptz   not null,
    constraint reputations_pkey primary key (user_id),
    constraint reputations_user_fkey foreign key (user_id) references users (id),
    constraint reputations_score_bounded check (score between 0 and 100),
    constraint reputations_counts_positive check (partners >= 0 and counted >= 0)
) with (fillfactor = 80);
comment on table reputations is 'The score of docs/reputation.md. counted is how many ended orders of the standing it knows of. Written by Deals/Reviews: marked stale with a review, computed anew by a sweep.';

create index reputations_stale on reputations (user_id) where is_stale;

-- Whether an order that came to nothing counts is asked by user and time.
create index suspensions_by_user on suspensions (user_id, at);

create table contacts (
    user_id   bigint      not null,
    other_id  bigint      not null,
    kind      text        not null,
    at        timestamptz not null,
    constraint contacts_pkey primary key (user_id, other_id),
    constraint contacts_user_fkey foreign key (user_id) references users (id),
    constraint contacts_other_fkey foreign key (other_id) references users (id),
    constraint contacts_two_people check (user_id <> other_id),
    constraint contacts_kind_known check (kind in ('Blocked', 'Favourite'))
);
comment on table contacts is 'Whom a user blocks or favours, never both. Written by Accounts/Contacts under the lock of the user''s own profile.';

create index contacts_by_kind on contacts (user_id, kind, at desc, other_id desc);

grant select, insert on reviews, reputations, contacts to p2p_app;
grant update (stars, tags, body, version, reply, replied_at, hidden_at, hidden_by, hidden_reason, edited_at) on reviews to p2p_app;
grant update (score, partners, counted, is_stale, updated_at) on reputations to p2p_app;
grant update (kind, at), delete on contacts to p2p_app;
