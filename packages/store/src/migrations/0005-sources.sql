-- Sources as a person sets them, what each day was spent on, what their scope left out; and what revisits remember.

alter table sources add column settings jsonb not null default '{}';
alter table sources add column settings_at timestamptz;

create table source_days (
  source_id text not null references sources on delete cascade,
  day date not null,                     -- UTC
  what text not null,                    -- request | render
  used int not null,
  primary key (source_id, day, what)
);

-- Links that were not offered, by reason: a count and the last few, not a row for each.
create table source_excluded (
  source_id text not null references sources on delete cascade,
  reason text not null,
  links bigint not null,
  sample text[] not null default '{}',
  last_at timestamptz not null,
  primary key (source_id, reason)
);

alter table urls add column watch jsonb;             -- what the revisit policy remembers
alter table urls add column article_at timestamptz;  -- when the article there was published, as near as known

create index urls_dead on urls (source_id) where watch ? 'knocks';

alter table documents add column gone_at timestamptz; -- since when the publisher no longer serves it
create index documents_source_created on documents (source_id, created_at desc);
