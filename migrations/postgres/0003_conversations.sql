-- Where people talk, and what they say.

create table conversation (
  id bigint primary key,
  kind text not null check (kind in ('direct', 'group', 'channel')),
  title text,
  channel_id bigint unique,
  -- The two accounts of a private talk, the smaller first, as '12:34': both ways open the same one.
  direct_key text unique,
  -- The last number given to a change here. Numbers are given inside the transaction that uses them.
  head bigint not null default 0,
  active_at bigint not null,
  created_at bigint not null
);

create table participant (
  conversation_id bigint not null references conversation (id) on delete cascade,
  account_id bigint not null references account (id) on delete cascade,
  role text not null default 'member' check (role in ('admin', 'member')),
  joined_at bigint not null,
  read_position bigint not null default 0,
  received_position bigint not null default 0,
  notify text not null default 'all' check (notify in ('all', 'mentions', 'none')),
  primary key (conversation_id, account_id)
);

create index participant_by_account on participant (account_id, conversation_id);

create table message (
  id bigint primary key,
  conversation_id bigint not null references conversation (id) on delete cascade,
  sender_id bigint not null references account (id),
  -- Chosen by the sender; kept as long as the row, so that a retry is known however late it comes.
  client_key text not null,
  -- A keyed hash of the request as first sent: tells a retry from another message under the same key.
  client_digest bytea not null,
  position bigint not null,
  revision bigint not null,
  kind text not null default 'text',
  thread_id bigint,
  reply_to bigint,
  -- Always an envelope of server/crypto.rs, never the text.
  body bytea not null,
  body_version bigint not null default 0,
  created_at bigint not null,
  edited_at bigint,
  delete_at bigint,
  deleted_at bigint,
  unique (conversation_id, position),
  unique (sender_id, client_key)
);

create index message_by_revision on message (conversation_id, revision);
