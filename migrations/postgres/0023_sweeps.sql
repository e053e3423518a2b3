-- That somebody marked everything read at once, so that it can be undone: when, and how far they had read before. Nothing
-- where they have read on since.

alter table participant add column swept_at bigint;
alter table participant add column swept_from bigint;
