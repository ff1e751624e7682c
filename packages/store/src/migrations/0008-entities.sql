-- What is known of entities beside their mentions: their names, their roles, and what persons decided about them.

alter table entities add column merged_into text;      -- the entity that stands for this one; never merged itself
alter table entities add column wikidata text;         -- Q42
create index entities_merged on entities (merged_into) where merged_into is not null;

alter table documents add column enricher_version int not null default 0;

create table aliases (
  id bigint generated always as identity primary key,  -- oldest first
  type text not null,
  key text not null,                     -- what the name comes to: under this it is looked up
  name text not null,                    -- as written
  search text not null,                  -- folded
  lang text not null default '',         -- language of the text it was read in; empty: any
  entity_id text not null,
  entity_key text not null,
  source text not null,                  -- shipped | document | import | person
  confidence real not null,
  born int not null default 0,           -- year of birth said with the name; 0: none
  private boolean not null default false, -- named with an age or a home, as people without an office are
  context text[] not null default '{}',  -- other entities of the documents it was read in
  document_id text,                      -- the document that taught it
  wikidata text,
  added_at timestamptz not null
);
create unique index aliases_name on aliases (type, key, entity_id, name, lang, born);
create index aliases_entity on aliases (entity_id);
create index aliases_search on aliases (search text_pattern_ops);
create index aliases_wikidata on aliases (wikidata) where wikidata is not null;
create index aliases_document on aliases (document_id) where document_id is not null;

-- Which set of shipped names the aliases hold.
create table shipped_names (
  digest text primary key,
  names int not null,
  written_at timestamptz not null
);

-- What a person decided about entities; undone, never deleted.
create table entity_decisions (
  id bigint generated always as identity primary key,
  what text not null,                    -- merge | split
  entity_id text not null,               -- merge: the one that went; split: the one that lost mentions
  other_id text not null,                -- merge: the one that stands for it; split: the one that got them
  names text[] not null default '{}',    -- split: names as written that went over
  documents text[] not null default '{}', -- split: documents whose mentions went over
  aliases jsonb not null default '[]',   -- split: aliases that went over
  why text,
  via text not null,                     -- api | cli
  decided_by text not null,
  decided_at timestamptz not null,
  undone_by text,
  undone_why text,
  undone_at timestamptz
);
create index entity_decisions_entity on entity_decisions (entity_id);
create index entity_decisions_other on entity_decisions (other_id);

-- One row for each entity of a document: what is counted and drawn along time, found by index.
create table entity_documents (
  entity_id text not null,
  document_id text not null references documents on delete cascade,
  said_at timestamptz not null,          -- the document's own date, or when it was fetched
  mentions int not null,
  primary key (entity_id, document_id)
);
create index entity_documents_said on entity_documents (entity_id, said_at desc, document_id);
create index entity_documents_document on entity_documents (document_id);
insert into entity_documents (entity_id, document_id, said_at, mentions)
  select m.entity_id, m.document_id, coalesce(max(d.date_at), max(d.fetched_at)), count(*)::int
  from mentions m join documents d on d.id = m.document_id where m.entity_id is not null group by 1, 2;

-- What a document says somebody is.
create table entity_roles (
  entity_id text not null,
  document_id text not null references documents on delete cascade,
  start_at int not null,                 -- where the document says it
  office text not null,                  -- the same word in every language: minister, secretary-general
  role text not null,                    -- as written
  field text not null default '',        -- what the office is of, as written
  body_id text,                          -- the body or country it is held in
  lang text,
  said_at timestamptz not null,
  primary key (entity_id, document_id, start_at)
);
create index entity_roles_document on entity_roles (document_id);
create index entity_roles_body on entity_roles (body_id) where body_id is not null
