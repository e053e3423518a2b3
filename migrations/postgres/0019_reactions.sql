-- Reactions: who, and how many, so that no page counts them.

create table reaction (
  message_id bigint not null references message (id) on delete cascade,
  emoji text not null,
  account_id bigint not null references account (id) on delete cascade,
  created_at bigint not null,
  primary key (message_id, emoji, account_id)
);

-- What somebody reacted with to the messages of a page.
create index reaction_by_account on reaction (account_id, message_id);

create table reaction_count (
  message_id bigint not null references message (id) on delete cascade,
  emoji text not null,
  total bigint not null,
  -- The number of the change that brought it first: they stand in this order.
  since bigint not null,
  primary key (message_id, emoji)
);
