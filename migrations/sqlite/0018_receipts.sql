-- What others learn of one's writing and reading, and one of theirs: both, or neither.

alter table account add column receipts integer not null default 1 check (receipts in (0, 1));

-- How far others may learn that the member has read. Unlike read_position it never goes back, nor moves while the member
-- does not tell. What was read before there was a choice is nobody's.
alter table participant add column seen_position integer not null default 0;
update participant set received_position = read_position;
