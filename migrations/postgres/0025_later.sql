-- What is to come: messages that somebody wants to be reminded of, and messages that they want sent at a time.

-- Two more kinds of what concerns one: a reminder that is due, and that what was to be sent was not.
alter table activity drop constraint activity_kind_check;
alter table activity add constraint activity_kind_check
  check (kind in ('said', 'reacted', 'asked', 'accepted', 'added', 'approached', 'reminded', 'unsent'));

-- Messages that somebody wants to be reminded of, each once. Told ones stay for the page of activity, which points here.
create table reminder (
  -- Another one each time it is set: what was noted is sealed for it.
  id bigint not null primary key,
  account_id bigint not null references account (id) on delete cascade,
  message_id bigint not null references message (id) on delete cascade,
  -- What they noted, sealed; null: nothing.
  note bytea,
  due_at bigint not null,
  -- Null as long as it waits.
  told_at bigint
);

create unique index reminder_once on reminder (account_id, message_id);
create index reminder_by_message on reminder (message_id);
create index reminder_due on reminder (due_at, id) where told_at is null;

-- Messages that are to be sent at a time. Sent ones leave no row: the transaction that posts takes it away.
create table scheduled (
  id bigint not null primary key,
  account_id bigint not null references account (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  -- Under which it will be posted.
  client_key text not null,
  -- Sealed.
  body bytea not null,
  -- Counts edits.
  body_version bigint not null default 0,
  -- When its author wants it sent.
  due_at bigint not null,
  -- When it is to be tried: later than it is due where one must wait between two messages. Null: it was refused.
  try_at bigint,
  -- Why it was not sent.
  refused text check (refused in ('gone', 'read_only', 'text', 'key')),
  check ((try_at is null) = (refused is not null))
);

create unique index scheduled_once on scheduled (account_id, client_key);
create index scheduled_by_conversation on scheduled (conversation_id);
create index scheduled_due on scheduled (try_at, id) where try_at is not null;
