-- Politeness at scale: who may be asked is found by an index, and endless addresses and copies are counted.

-- No URL of the host can be claimed before this: its next due URL, its slot, the end of its rest or lease. Never later
-- than the truth for long; whoever looks at a host and finds nothing moves it on.
alter table hosts add column ready_at timestamptz not null default '-infinity';
create index hosts_ready on hosts (ready_at);

-- What a host's pages of one shape gave, each counted when it was first read. A shape that begins with '?' is one path
-- with all its queries; '*' is the whole host.
create table url_patterns (
  host text not null,
  pattern text not null,
  judged int not null default 0,         -- URLs read at least once
  articles int not null default 0,       -- of them, gave an article
  leads int not null default 0,          -- of them, led to new URLs of other shapes
  copies int not null default 0,         -- of them, said what another URL of the source had said
  left_out int not null default 0,       -- links not followed
  exhausted text,                        -- why links of this shape are followed no more
  primary key (host, pattern)
);
create index url_patterns_exhausted on url_patterns (host) where exhausted is not null;

-- What was read on a source, by digest: the same again under another address is a copy, and often a page that is not there.
create table contents (
  source_id text not null,
  digest text not null,
  url_id text not null,                  -- the first URL that said it
  urls int not null default 1,
  primary key (source_id, digest)
);

-- One-shot crawls find the next URL of a host by an index too.
alter table crawl_urls add column host text;
alter table crawl_urls add column seq bigint generated always as identity;
update crawl_urls c set host = u.host from urls u where u.id = c.url_id and c.state = 'pending';
create index crawl_urls_next on crawl_urls (crawl_id, host, not_before, depth_left desc, seq) where state = 'pending';
