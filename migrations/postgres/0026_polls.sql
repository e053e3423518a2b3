-- Polls: a message of the kind 'poll' says what is asked; what may be answered, and who has, stands here.

create table poll (
  message_id bigint primary key references message (id) on delete cascade,
  -- Whether somebody may choose several answers.
  several bigint not null check (several in (0, 1)),
  -- When it closes by itself, if it does.
  closes_at bigint,
  -- When somebody closed it before that.
  closed_at bigint,
  -- How many people have voted, each counted once.
  voters bigint not null default 0
);

-- What may be answered, sealed like the question, with how many have: no page counts votes.
create table poll_answer (
  message_id bigint not null references message (id) on delete cascade,
  -- From 0, in the order in which they are shown.
  place bigint not null,
  body bytea not null,
  total bigint not null default 0,
  primary key (message_id, place)
);

create table poll_vote (
  message_id bigint not null references message (id) on delete cascade,
  place bigint not null,
  account_id bigint not null references account (id) on delete cascade,
  created_at bigint not null,
  primary key (message_id, place, account_id)
);

-- What somebody has chosen in the polls of a page, and all that they have, when they go.
create index poll_vote_by_account on poll_vote (account_id, message_id);
