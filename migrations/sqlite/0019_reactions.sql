-- Reactions: who, and how many, so that no page counts them.

create table reaction (
  message_id integer not null references message (id) on delete cascade,
  emoji text not null,
  account_id integer not null references account (id) on delete cascade,
  created_at integer not null,
  primary key (message_id, emoji, account_id)
) strict, without rowid;

-- What somebody reacted with to the messages of a page.
create index reaction_by_account on reaction (account_id, message_id);

create table reaction_count (
  message_id integer not null references message (id) on delete cascade,
  emoji text not null,
  total integer not null,
  -- The number of the change that brought it first: they stand in this order.
  since integer not null,
  primary key (message_id, emoji)
) strict, without rowid;
