-- Politeness at scale: who may be asked is found by an index, and endless addresses and copies are counted.

-- No URL of the host can be claimed before this: its next due URL, its slot, the end of its rest or lease. Never later
-- than the truth for long; whoever looks at a host and finds nothing moves it on.
alter table hosts add column ready_at timestamptz not null default '-infinity';
create index hosts_ready on hosts (ready_at);

-- The shape of the address, which its budgets count by.
alter table urls add column pattern text;

-- What a host's addresses of one shape gave. A shape that begins with '?' is one path with all its queries.
create table url_patterns (
  host text not null,
  pattern text not null,
  known int not null default 0,          -- URLs in the frontier
  judged int not null default 0,         -- of them, read at least once
  articles int not null default 0,       -- of them, gave an article
  leads int not null default 0,          -- of them, led to new URLs of other shapes
  copies int not null default 0,         -- of them, said what another URL had said
  excluded int not null default 0,       -- URLs left out
  primary key (host, pattern)
);

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
