-- Whose bot an account is; null for people.
alter table account add column owner_id bigint references account (id);

create index account_by_owner on account (owner_id, id) where owner_id is not null;

-- Where is told what a bot hears.
create table webhook (
  id bigint not null primary key,
  bot_id bigint not null references account (id) on delete cascade,
  -- Null: what is addressed to the bot, wherever it is.
  conversation_id bigint references conversation (id) on delete cascade,
  -- Sealed: an address may hold a password.
  address bytea not null,
  -- Sealed: what the receiver knows Salon by.
  secret bytea not null,
  -- The session that made it, which is shown the secret for some minutes.
  made_in bytea not null,
  created_at bigint not null,
  -- Deliveries that have failed since the last one that has not.
  failures bigint not null default 0,
  -- What was answered last; null if nothing was.
  status bigint,
  -- When it is tried again.
  try_at bigint,
  -- Until when a server has it to itself, unless it says that it is done.
  held_until bigint,
  -- When it was given up, until its owner starts it again.
  stopped_at bigint
);

create index webhook_by_bot on webhook (bot_id, id);

-- Up to where a webhook has told what was said in a conversation, by the conversation's counter.
create table webhook_cursor (
  webhook_id bigint not null references webhook (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  position bigint not null,
  primary key (webhook_id, conversation_id)
);

-- Addresses by which a bot says something in a conversation.
create table incoming_webhook (
  id bigint not null primary key,
  bot_id bigint not null references account (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  -- SHA-256 of what stands in the address.
  token_hash bytea not null unique,
  -- Sealed, for some minutes, and the session that made it.
  token bytea,
  made_in bytea not null,
  created_at bigint not null,
  -- When it was last used, written every few minutes at most.
  used_at bigint
);

create index incoming_webhook_by_bot on incoming_webhook (bot_id, id);
