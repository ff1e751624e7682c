-- How each capture was read: which fields it gave, what reading it again changed, and the rules a source is read by.

alter table captures add column source_id text;
alter table captures add column fields text[];          -- fields that had a value; null: no article, or not read yet
alter table captures add column reparse_id text;        -- the reparse that reads it again
alter table captures add column changes text[];         -- what that changed: fields, `new`, `lost`, `unreadable`
create index captures_source on captures (source_id, fetched_at desc);
create index captures_reparse on captures (reparse_id, fetched_at) where reparse_id is not null;

create table reparses (
  id text primary key,
  filter jsonb not null,
  asked_at timestamptz not null
);
