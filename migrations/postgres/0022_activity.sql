-- What others did that concerns one person: pointers, and never a text. What it was, and whether it still stands, is asked
-- of the thing itself when it is shown.

create table activity (
  -- They stand in this order, and are unread by it. The same for everyone whom one thing concerns.
  id bigint not null,
  -- Whom it concerns.
  account_id bigint not null references account (id) on delete cascade,
  -- Who did it.
  actor_id bigint not null references account (id) on delete cascade,
  kind text not null check (kind in ('said', 'reacted', 'asked', 'accepted', 'added', 'approached')),
  -- Where, if it was in a conversation.
  conversation_id bigint,
  -- What was said, or reacted to.
  message_id bigint references message (id) on delete cascade,
  -- Of a reaction; else empty.
  emoji text not null default '',
  created_at bigint not null,
  primary key (id, account_id)
);

create index activity_by_account on activity (account_id, id);
create index activity_by_message on activity (message_id) where message_id is not null;

-- One thing is one row, however often it is done and taken back.
create unique index activity_once
  on activity (account_id, actor_id, kind, coalesce(message_id, conversation_id, 0), emoji);

-- Up to which row the person has looked.
alter table account add column activity_read bigint not null default 0;
