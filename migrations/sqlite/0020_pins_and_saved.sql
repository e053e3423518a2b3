-- What stands out in a conversation, by whoever may say so, and what somebody keeps for themselves.

alter table message add column pinned_at integer;
alter table message add column pinned_by integer;

create index message_pinned on message (conversation_id, pinned_at) where pinned_at is not null;

create table saved (
  account_id integer not null references account (id) on delete cascade,
  message_id integer not null references message (id) on delete cascade,
  saved_at integer not null,
  primary key (account_id, message_id)
) strict, without rowid;

create index saved_by_time on saved (account_id, saved_at, message_id);
