-- Whom a message names, for counting what is unread of it: one row for each who was in the conversation then.

create table mention (
  message_id bigint not null references message (id) on delete cascade,
  account_id bigint not null references account (id) on delete cascade,
  -- Those of the message, so that what is unread is found by them alone.
  conversation_id bigint not null,
  position bigint not null,
  primary key (message_id, account_id)
);

create index mention_by_account on mention (account_id, conversation_id, position);

-- It turns to everyone: a mark on the message, and no row for each of them.
alter table message add column mentions_all bigint not null default 0 check (mentions_all in (0, 1));

create index message_to_all on message (conversation_id, position) where mentions_all = 1;
