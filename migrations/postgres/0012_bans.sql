-- Who may not come back into a group or a space, and until when.

create table ban (
  conversation_id bigint references conversation (id) on delete cascade,
  space_id bigint references space (id) on delete cascade,
  account_id bigint not null references account (id) on delete cascade,
  banned_by bigint not null references account (id) on delete cascade,
  reason text not null,
  created_at bigint not null,
  -- Null: until it is lifted.
  ends_at bigint,
  unique (conversation_id, account_id),
  unique (space_id, account_id),
  check ((conversation_id is null) <> (space_id is null))
);
