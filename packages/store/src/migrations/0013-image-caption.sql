-- What the page says below its lead image.

alter table documents add column image_caption text;
