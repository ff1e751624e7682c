-- Articles that go over several pages: the text of each page, joined in the document of the first.

create table document_parts (
  first_url_id text not null references urls on delete cascade,
  part int not null,                     -- 1 is the first page's own text
  url_id text not null,
  body text not null,
  structure jsonb,
  primary key (first_url_id, part)
);
