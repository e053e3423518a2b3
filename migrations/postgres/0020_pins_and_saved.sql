-- What stands out in a conversation, by whoever may say so, and what somebody keeps for themselves.

alter table message add column pinned_at bigint;
alter table message add column pinned_by bigint;

create index message_pinned on message (conversation_id, pinned_at) where pinned_at is not null;

create table saved (
  account_id bigint not null references account (id) on delete cascade,
  message_id bigint not null references message (id) on delete cascade,
  saved_at bigint not null,
  primary key (account_id, message_id)
);

create index saved_by_time on saved (account_id, saved_at, message_id);
