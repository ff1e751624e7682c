-- The facts: what the crawler was asked, what it knows, what it fetched, and what was read out of it.

create table sources (
  id text primary key,
  name text not null,
  created_at timestamptz not null
);

create table hosts (
  host text primary key,
  slot_at timestamptz not null default '-infinity',      -- no request to the host before this
  busy_until timestamptz not null default '-infinity',   -- the one running request's lease
  busy_by text,                                          -- the URL that holds the lease
  resting_until timestamptz not null default '-infinity',
  rests int not null default 0,                          -- rests in a row
  failures int not null default 0,                       -- connect failures in a row
  delay_ms int,                                          -- set by a person; null: the general setting
  crawl_delay_ms int,                    -- from robots.txt
  response_ms float8,                    -- smoothed response time
  robots jsonb,                          -- what is known of robots.txt, but for its body
  robots_body bytea
);

create table urls (
  id text primary key,
  url text not null unique,
  host text not null references hosts,
  source_id text not null references sources,
  kind text not null default 'auto',
  priority int not null default 0,
  depth_left int,                        -- link hops still to follow when followed for good; null: not followed
  due_at timestamptz,                    -- null: not due by itself
  lease_until timestamptz,
  every_ms bigint,
  interval_ms bigint not null default 0,
  verdict text,
  note text,
  status int,
  failures int not null default 0,
  gone int not null default 0,           -- 404s in a row
  redirects int not null default 0,      -- redirects that led here
  etag text,
  last_modified text,
  capture_id text,
  document_id text,
  moved_to text,
  found_on text,
  facts jsonb,                           -- what a feed or sitemap says about it
  created_at timestamptz not null,
  fetched_at timestamptz,
  changed_at timestamptz
);
create index urls_due on urls (host, priority desc, due_at) where due_at is not null;
create index urls_source on urls (source_id);
create index urls_lease on urls (lease_until) where lease_until is not null;

create table seeds (
  url_id text primary key references urls,
  source_id text not null references sources,
  url text not null,
  kind text not null,
  priority int not null,
  depth int not null,
  every_ms bigint,
  tags text[] not null default '{}',
  created_at timestamptz not null,
  asked_at timestamptz not null,
  asked int not null default 1
);

-- One attempt at one URL: the politeness ledger.
create table fetches (
  id bigint generated always as identity primary key,
  url_id text,
  host text not null,
  source_id text,
  url text not null,
  what text not null default 'page',     -- page | robots
  started_at timestamptz not null,
  took_ms int not null,
  status int,
  verdict text not null,
  note text not null,
  wire_bytes int,
  robots_version text
);
create index fetches_url on fetches (url_id, id);
create index fetches_host on fetches (host, id);

create table captures (
  id text primary key,
  url_id text not null references urls,
  url text not null,
  status int not null,
  content_type text,
  x_robots_tag text,
  headers jsonb not null,
  digest text not null,
  fetched_at timestamptz not null,
  checked_at timestamptz not null,       -- last time the publisher said it is unchanged
  parsed text not null default 'pending', -- pending | done | failed
  parser_version int,
  note text,
  parsed_at timestamptz
);
create index captures_url on captures (url_id, fetched_at);
create index captures_pending on captures (fetched_at) where parsed = 'pending';

create table blobs (
  digest text primary key,
  encoding text not null,                -- identity | gzip | br | deflate | zstd
  size int not null,                     -- decoded bytes
  bytes bytea not null
);

create table stories (
  id text primary key,
  headline text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table documents (
  id text primary key,
  url_id text not null,
  source_id text not null,
  capture_id text,
  url text not null,
  canonical_url text not null,
  version int not null default 1,
  title text,
  date text,
  date_precision text,
  date_at timestamptz,                   -- for sorting and filtering
  date_modified text,
  authors text[] not null default '{}',
  agencies text[] not null default '{}',
  lang text,
  body text not null,
  image text,
  description text,
  section text,
  tags text[] not null default '{}',
  provenance jsonb not null default '{}',
  content_digest text not null,
  parser_version int not null,
  fetched_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  enriched_at timestamptz,
  clustered_at timestamptz,
  failed text,                           -- why enriching or clustering was given up
  story_id text references stories,
  copy_of text,
  search tsvector
);
create index documents_search on documents using gin (search);
create index documents_date on documents (date_at desc nulls last, id);
create index documents_source on documents (source_id);
create index documents_story on documents (story_id);
create index documents_pending on documents (updated_at) where clustered_at is null and failed is null;

create table document_versions (
  document_id text not null references documents on delete cascade,
  version int not null,
  title text,
  date text,
  authors text[] not null,
  body text not null,
  capture_id text,
  replaced_at timestamptz not null,
  primary key (document_id, version)
);

create table entities (
  id text primary key,
  type text not null,
  key text not null,
  name text not null,
  search text not null,                  -- folded name, for look-up by name
  documents int not null default 0,      -- documents that mention it
  first_seen timestamptz not null,
  last_seen timestamptz not null
);
create index entities_search on entities (search text_pattern_ops);
create index entities_documents on entities (documents desc, name);

create table mentions (
  document_id text not null references documents on delete cascade,
  start_at int not null,
  end_at int not null,
  type text not null,
  text text not null,
  value text,
  entity_id text references entities,
  primary key (document_id, start_at, end_at)
);
create index mentions_entity on mentions (entity_id, document_id);

create table story_signatures (
  document_id text primary key references documents on delete cascade,
  story_id text not null references stories,
  signature jsonb not null
);
create index story_signatures_story on story_signatures (story_id);

create table story_keys (
  key text not null,
  document_id text not null references documents on delete cascade,
  primary key (key, document_id)
);
create index story_keys_document on story_keys (document_id);

-- One-shot crawls: which URLs belong to one, and how each ended.
create table crawls (
  id text primary key,
  scope jsonb not null,
  article_limit int,
  created_at timestamptz not null,
  finished_at timestamptz
);

create table crawl_urls (
  crawl_id text not null references crawls on delete cascade,
  url_id text not null references urls,
  depth_left int not null,
  seed boolean not null default false,
  state text not null default 'pending', -- pending | captured | ended
  tries int not null default 0,
  not_before timestamptz not null default '-infinity',
  reason text,
  status int,
  document_id text,
  ended_at timestamptz,
  primary key (crawl_id, url_id)
);
create index crawl_urls_pending on crawl_urls (crawl_id) where state <> 'ended';
create index crawl_urls_url on crawl_urls (url_id);
