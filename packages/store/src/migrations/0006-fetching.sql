-- Fetching: robots.txt of each scheme and authority, what publishers say about the use of a page, pages read in a browser.

create table robots_files (
  origin text primary key,               -- scheme and authority, as RFC 9309, section 2.3, has it: https://news.example
  host text not null,
  facts jsonb not null,                  -- what is known of the file, but for its body
  body bytea,
  fetched_at timestamptz not null
);
create index robots_files_host on robots_files (host, fetched_at);

alter table captures add column directives text[] not null default '{}';  -- noindex, noai, tdm-reservation, ai-train=no
alter table captures add column kept boolean not null default true;       -- false: the publisher wants no copy kept
alter table captures add column rendered boolean not null default false;  -- the page as a browser made it

create index captures_digest on captures (digest);                        -- a body that no other capture needs may go

-- Pages to be read in a browser, because their text is made by scripts.
create table renders (
  id bigint generated always as identity primary key,
  url_id text not null references urls,
  source_id text not null,
  host text not null,
  capture_id text not null,              -- the capture in which no article was found
  reason text not null,
  state text not null default 'asked',   -- asked | handed | rendered | failed
  result_id text,                        -- the capture that came of it
  note text,
  asked_at timestamptz not null,
  ended_at timestamptz,
  took_ms int,
  requests int,                          -- let through, the page's own included
  refused int,                           -- not let through: pictures, fonts, private addresses, other schemes
  bytes int
);
create index renders_asked on renders (url_id) where state in ('asked', 'handed');
create index renders_capture on renders (capture_id);
