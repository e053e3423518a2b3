-- Whom people do not want to hear from, and who may turn to them.

create table block (
  blocker_id integer not null references account (id) on delete cascade,
  blocked_id integer not null references account (id) on delete cascade,
  created_at integer not null,
  primary key (blocker_id, blocked_id),
  check (blocker_id <> blocked_id)
) strict;

alter table account add column takes_requests integer not null default 1 check (takes_requests in (0, 1));
