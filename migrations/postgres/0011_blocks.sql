-- Whom people do not want to hear from, and who may turn to them.

create table block (
  blocker_id bigint not null references account (id) on delete cascade,
  blocked_id bigint not null references account (id) on delete cascade,
  created_at bigint not null,
  primary key (blocker_id, blocked_id),
  check (blocker_id <> blocked_id)
);

alter table account add column takes_requests bigint not null default 1 check (takes_requests in (0, 1));
