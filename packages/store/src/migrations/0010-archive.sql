-- Captures in the order in which they were fetched: what an export walks along.

create index captures_fetched on captures (fetched_at, id);
