-- What is to come: messages that somebody wants to be reminded of, and messages that they want sent at a time.

-- Two more kinds of what concerns one: a reminder that is due, and that what was to be sent was not. SQLite changes no check,
-- so the table is made anew.
create table activity_anew (
  -- They stand in this order, and are unread by it. The same for everyone whom one thing concerns.
  id integer not null,
  -- Whom it concerns.
  account_id integer not null references account (id) on delete cascade,
  -- Who did it; of a reminder, who said what it is about.
  actor_id integer not null references account (id) on delete cascade,
  kind text not null
    check (kind in ('said', 'reacted', 'asked', 'accepted', 'added', 'approached', 'reminded', 'unsent')),
  -- Where, if it was in a conversation.
  conversation_id integer,
  -- What was said, reacted to, or is to be thought of.
  message_id integer references message (id) on delete cascade,
  -- Of a reaction; else empty.
  emoji text not null default '',
  created_at integer not null,
  primary key (id, account_id)
) strict, without rowid;

insert into activity_anew (id, account_id, actor_id, kind, conversation_id, message_id, emoji, created_at)
select id, account_id, actor_id, kind, conversation_id, message_id, emoji, created_at from activity;
drop table activity;
alter table activity_anew rename to activity;

create index activity_by_account on activity (account_id, id);
create index activity_by_message on activity (message_id) where message_id is not null;
create unique index activity_once
  on activity (account_id, actor_id, kind, coalesce(message_id, conversation_id, 0), emoji);

-- Messages that somebody wants to be reminded of, each once. Told ones stay for the page of activity, which points here.
create table reminder (
  -- Another one each time it is set: what was noted is sealed for it.
  id integer not null primary key,
  account_id integer not null references account (id) on delete cascade,
  message_id integer not null references message (id) on delete cascade,
  -- What they noted, sealed; null: nothing.
  note blob,
  due_at integer not null,
  -- Null as long as it waits.
  told_at integer
) strict;

create unique index reminder_once on reminder (account_id, message_id);
create index reminder_by_message on reminder (message_id);
create index reminder_due on reminder (due_at, id) where told_at is null;

-- Messages that are to be sent at a time. Sent ones leave no row: the transaction that posts takes it away.
create table scheduled (
  id integer not null primary key,
  account_id integer not null references account (id) on delete cascade,
  conversation_id integer not null references conversation (id) on delete cascade,
  -- Under which it will be posted.
  client_key text not null,
  -- Sealed.
  body blob not null,
  -- Counts edits.
  body_version integer not null default 0,
  -- When its author wants it sent.
  due_at integer not null,
  -- When it is to be tried: later than it is due where one must wait between two messages. Null: it was refused.
  try_at integer,
  -- Why it was not sent.
  refused text check (refused in ('gone', 'read_only', 'text', 'key')),
  check ((try_at is null) = (refused is not null))
) strict;

create unique index scheduled_once on scheduled (account_id, client_key);
create index scheduled_by_conversation on scheduled (conversation_id);
create index scheduled_due on scheduled (try_at, id) where try_at is not null;
