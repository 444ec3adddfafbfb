-- Files that users sent: attachments of orders and profile pictures. Their bytes lie in the store, outside the database.

create table files (
    id            uuid        not null,
    owner_id      bigint      not null,
    purpose       text        not null,
    order_id      uuid,
    message_id    uuid,
    name          text        not null,
    content_type  text        not null,
    bytes         bigint      not null,
    sha256        bytea       not null,
    width         integer,
    height        integer,
    encrypted     boolean     not null default false,
    stored_name   text        not null,
    created_at    timestamptz not null,
    stored_at     timestamptz,
    removed_at    timestamptz,
    erased_at     timestamptz,
    constraint files_pkey primary key (id),
    constraint files_owner_fkey foreign key (owner_id) references users (id),
    constraint files_order_fkey foreign key (order_id) references orders (id),
    constraint files_stored_name_unique unique (stored_name),
    constraint files_purpose_known check (purpose in ('Attachment', 'Picture')),
    constraint files_attachment_has_order check ((purpose = 'Attachment') = (order_id is not null)),
    constraint files_message_of_attachment check (message_id is null or (purpose = 'Attachment' and stored_at is not null)),
    constraint files_name_bounded check (length(name) between 1 and 200),
    constraint files_bytes_bounded check (bytes between 1 and 10485760),
    constraint files_sha256_length check (length(sha256) = 32),
    constraint files_picture_has_size check ((width is null) = (height is null)),
    constraint files_picture_is_plain check (not (encrypted and purpose = 'Picture')),
    constraint files_type_known check (content_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'application/octet-stream')),
    constraint files_opaque_when_encrypted check (encrypted = (content_type = 'application/octet-stream')),
    constraint files_stored_name_random check (stored_name ~ '^[0-9a-f]{32}$'),
    constraint files_erased_when_removed check (erased_at is null or removed_at is not null)
);
comment on table files is 'One row a file, written by Accounts/Files and the attachments of Deals/Chat. The row comes before the bytes (stored_at) and outlives them (erased_at), so that the store never holds what no row names. name is text from a person; stored_name is random and the only thing that a path is made of.';

create index files_by_order on files (order_id, id) where order_id is not null and removed_at is null;
create index files_by_message on files (message_id) where message_id is not null;
create index files_by_owner on files (owner_id) where removed_at is null;
create unique index files_one_picture on files (owner_id) where purpose = 'Picture' and stored_at is not null and removed_at is null;
create index files_to_remove on files (created_at) where removed_at is null and message_id is null and (purpose = 'Attachment' or stored_at is null);
create index files_to_erase on files (removed_at) where removed_at is not null and erased_at is null;

-- What was received stays what it was: only its way through message, store and removal is written afterwards.
grant select, insert on files to p2p_app;
grant update (message_id, stored_at, removed_at, erased_at) on files to p2p_app;
