-- Where people talk, and what they say.

create table conversation (
  id integer primary key,
  kind text not null check (kind in ('direct', 'group', 'channel')),
  title text,
  channel_id integer unique,
  -- The two accounts of a private talk, the smaller first, as '12:34': both ways open the same one.
  direct_key text unique,
  -- The last number given to a change here. Numbers are given inside the transaction that uses them.
  head integer not null default 0,
  active_at integer not null,
  created_at integer not null
) strict;

create table participant (
  conversation_id integer not null references conversation (id) on delete cascade,
  account_id integer not null references account (id) on delete cascade,
  role text not null default 'member' check (role in ('admin', 'member')),
  joined_at integer not null,
  read_position integer not null default 0,
  received_position integer not null default 0,
  notify text not null default 'all' check (notify in ('all', 'mentions', 'none')),
  primary key (conversation_id, account_id)
) strict;

create index participant_by_account on participant (account_id, conversation_id);

create table message (
  id integer primary key,
  conversation_id integer not null references conversation (id) on delete cascade,
  sender_id integer not null references account (id),
  -- Chosen by the sender; kept as long as the row, so that a retry is known however late it comes.
  client_key text not null,
  -- A keyed hash of the request as first sent: tells a retry from another message under the same key.
  client_digest blob not null,
  position integer not null,
  revision integer not null,
  kind text not null default 'text',
  thread_id integer,
  reply_to integer,
  -- Always an envelope of server/crypto.rs, never the text.
  body blob not null,
  body_version integer not null default 0,
  created_at integer not null,
  edited_at integer,
  delete_at integer,
  deleted_at integer,
  unique (conversation_id, position),
  unique (sender_id, client_key)
) strict;

create index message_by_revision on message (conversation_id, revision);
