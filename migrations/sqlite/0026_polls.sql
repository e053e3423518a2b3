-- Polls: a message of the kind 'poll' says what is asked; what may be answered, and who has, stands here.

create table poll (
  message_id integer primary key references message (id) on delete cascade,
  -- Whether somebody may choose several answers.
  several integer not null check (several in (0, 1)),
  -- When it closes by itself, if it does.
  closes_at integer,
  -- When somebody closed it before that.
  closed_at integer,
  -- How many people have voted, each counted once.
  voters integer not null default 0
) strict;

-- What may be answered, sealed like the question, with how many have: no page counts votes.
create table poll_answer (
  message_id integer not null references message (id) on delete cascade,
  -- From 0, in the order in which they are shown.
  place integer not null,
  body blob not null,
  total integer not null default 0,
  primary key (message_id, place)
) strict, without rowid;

create table poll_vote (
  message_id integer not null references message (id) on delete cascade,
  place integer not null,
  account_id integer not null references account (id) on delete cascade,
  created_at integer not null,
  primary key (message_id, place, account_id)
) strict, without rowid;

-- What somebody has chosen in the polls of a page, and all that they have, when they go.
create index poll_vote_by_account on poll_vote (account_id, message_id);
