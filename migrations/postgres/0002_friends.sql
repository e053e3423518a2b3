-- Who people know. One row for each pair, whoever asked.

create table friendship (
  user1_id bigint not null references account (id) on delete cascade,
  user2_id bigint not null references account (id) on delete cascade,
  status text not null check (status in ('pending', 'accepted')),
  asked_by bigint not null references account (id) on delete cascade,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (user1_id, user2_id),
  check (user1_id < user2_id),
  check (asked_by in (user1_id, user2_id))
);

-- The lists of one person meet the pair from either side.
create index friendship_by_first on friendship (user1_id, status, created_at);
create index friendship_by_second on friendship (user2_id, status, created_at);
