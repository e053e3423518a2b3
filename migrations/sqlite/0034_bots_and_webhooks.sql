-- Whose bot an account is; null for people.
alter table account add column owner_id integer references account (id);

create index account_by_owner on account (owner_id, id) where owner_id is not null;

-- Where is told what a bot hears.
create table webhook (
  id integer not null primary key,
  bot_id integer not null references account (id) on delete cascade,
  -- Null: what is addressed to the bot, wherever it is.
  conversation_id integer references conversation (id) on delete cascade,
  -- Sealed: an address may hold a password.
  address blob not null,
  -- Sealed: what the receiver knows Salon by.
  secret blob not null,
  -- The session that made it, which is shown the secret for some minutes.
  made_in blob not null,
  created_at integer not null,
  -- Deliveries that have failed since the last one that has not.
  failures integer not null default 0,
  -- What was answered last; null if nothing was.
  status integer,
  -- When it is tried again.
  try_at integer,
  -- Until when a server has it to itself, unless it says that it is done.
  held_until integer,
  -- When it was given up, until its owner starts it again.
  stopped_at integer
) strict;

create index webhook_by_bot on webhook (bot_id, id);

-- Up to where a webhook has told what was said in a conversation, by the conversation's counter.
create table webhook_cursor (
  webhook_id integer not null references webhook (id) on delete cascade,
  conversation_id integer not null references conversation (id) on delete cascade,
  position integer not null,
  primary key (webhook_id, conversation_id)
) strict;

-- Addresses by which a bot says something in a conversation.
create table incoming_webhook (
  id integer not null primary key,
  bot_id integer not null references account (id) on delete cascade,
  conversation_id integer not null references conversation (id) on delete cascade,
  -- SHA-256 of what stands in the address.
  token_hash blob not null unique,
  -- Sealed, for some minutes, and the session that made it.
  token blob,
  made_in blob not null,
  created_at integer not null,
  -- When it was last used, written every few minutes at most.
  used_at integer
) strict;

create index incoming_webhook_by_bot on incoming_webhook (bot_id, id);
