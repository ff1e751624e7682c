-- Near-duplicates by index, stories that merge and split, and each document in short.

alter table documents add column keywords text[] not null default '{}';
alter table documents add column summary jsonb;        -- sentences of the body: [{start, end}]
alter table documents add column passages jsonb;       -- passages by language, where there is more than one: [{start, end, lang}]
create index documents_copies on documents (copy_of) where copy_of is not null;

-- Texts that share a band are candidates for near-duplicates; which of them are is decided by what both hold.
create table fingerprints (
  document_id text primary key references documents on delete cascade,
  simhash text not null,
  bands bigint[] not null,
  seen_at timestamptz not null
);
create index fingerprints_bands on fingerprints using gin (bands);

alter table stories add column merged_into text references stories;
create index stories_merged on stories (merged_into) where merged_into is not null;

-- Placed by a person: no machine moves it.
alter table story_signatures add column pinned boolean not null default false;

-- What became of stories: every merge and split, by machine or person, so that each can be told and undone.
create table story_events (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,                    -- merge | split
  story_id text not null,                -- the story that goes on
  other_id text not null,                -- the one merged into it, or split from it
  documents text[] not null,             -- those that changed their story
  actor text not null,                   -- machine, or who asked
  reason text,
  undone_at timestamptz
);
create index story_events_story on story_events (story_id, id);
create index story_events_other on story_events (other_id, id);
