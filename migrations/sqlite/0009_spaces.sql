-- Spaces: channels gathered under one roof, and who is there as what.

create table space (
  id integer primary key,
  name text not null,
  owner_id integer not null references account (id),
  created_at integer not null
) strict;

create table space_member (
  space_id integer not null references space (id) on delete cascade,
  account_id integer not null references account (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'moderator', 'member')),
  joined_at integer not null,
  primary key (space_id, account_id)
) strict;

create index space_member_by_account on space_member (account_id, space_id);

-- What a channel is called and what it is for stands with its conversation, which says what was said there too.
create table channel (
  id integer primary key,
  space_id integer not null references space (id) on delete cascade,
  -- Channels stand in this order, and among equals in the order of their making.
  place integer not null,
  is_open integer not null check (is_open in (0, 1))
) strict;

create index channel_by_space on channel (space_id, place, id);

-- Conversations that nobody can see any more, until all that was said in them is gone too.
create table abandoned (
  conversation_id integer primary key references conversation (id) on delete cascade
) strict;
