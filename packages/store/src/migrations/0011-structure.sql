-- What each stretch of a document's body is: headings, lists, quotes, tables, links, images, by offsets into the body.

alter table documents add column structure jsonb;
