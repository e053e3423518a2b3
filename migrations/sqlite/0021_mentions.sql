-- Whom a message names, for counting what is unread of it: one row for each who was in the conversation then.

create table mention (
  message_id integer not null references message (id) on delete cascade,
  account_id integer not null references account (id) on delete cascade,
  -- Those of the message, so that what is unread is found by them alone.
  conversation_id integer not null,
  position integer not null,
  primary key (message_id, account_id)
) strict, without rowid;

create index mention_by_account on mention (account_id, conversation_id, position);

-- It turns to everyone: a mark on the message, and no row for each of them.
alter table message add column mentions_all integer not null default 0 check (mentions_all in (0, 1));

create index message_to_all on message (conversation_id, position) where mentions_all = 1;
