-- Links by which people come into a group or a space.

create table invitation (
  id bigint primary key,
  -- SHA-256 of what stands in the link: a copy of this table opens nothing.
  token_hash bytea not null unique,
  -- The same, sealed, to show the link again to those who may invite.
  token bytea not null,
  conversation_id bigint references conversation (id) on delete cascade,
  space_id bigint references space (id) on delete cascade,
  made_by bigint not null references account (id) on delete cascade,
  created_at bigint not null,
  expires_at bigint,
  uses_left bigint check (uses_left >= 0),
  check ((conversation_id is null) <> (space_id is null))
);

create index invitation_by_conversation on invitation (conversation_id, id);
create index invitation_by_space on invitation (space_id, id);
