-- Links by which people come into a group or a space.

create table invitation (
  id integer primary key,
  -- SHA-256 of what stands in the link: a copy of this table opens nothing.
  token_hash blob not null unique,
  -- The same, sealed, to show the link again to those who may invite.
  token blob not null,
  conversation_id integer references conversation (id) on delete cascade,
  space_id integer references space (id) on delete cascade,
  made_by integer not null references account (id) on delete cascade,
  created_at integer not null,
  expires_at integer,
  uses_left integer check (uses_left >= 0),
  check ((conversation_id is null) <> (space_id is null))
) strict;

create index invitation_by_conversation on invitation (conversation_id, id);
create index invitation_by_space on invitation (space_id, id);
