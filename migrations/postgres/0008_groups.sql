-- Groups: what they are for, and who was in them once.

alter table conversation add column topic text not null default '';

-- Who left still has a name in what is told of them.
create table departure (
  conversation_id bigint not null references conversation (id) on delete cascade,
  account_id bigint not null references account (id) on delete cascade,
  left_at bigint not null,
  primary key (conversation_id, account_id)
);
