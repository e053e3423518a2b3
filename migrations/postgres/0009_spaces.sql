-- Spaces: channels gathered under one roof, and who is there as what.

create table space (
  id bigint primary key,
  name text not null,
  owner_id bigint not null references account (id),
  created_at bigint not null
);

create table space_member (
  space_id bigint not null references space (id) on delete cascade,
  account_id bigint not null references account (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'moderator', 'member')),
  joined_at bigint not null,
  primary key (space_id, account_id)
);

create index space_member_by_account on space_member (account_id, space_id);

-- What a channel is called and what it is for stands with its conversation, which says what was said there too.
create table channel (
  id bigint primary key,
  space_id bigint not null references space (id) on delete cascade,
  -- Channels stand in this order, and among equals in the order of their making.
  place bigint not null,
  is_open bigint not null check (is_open in (0, 1))
);

create index channel_by_space on channel (space_id, place, id);

-- Conversations that nobody can see any more, until all that was said in them is gone too.
create table abandoned (
  conversation_id bigint primary key references conversation (id) on delete cascade
);
