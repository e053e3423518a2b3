-- What programs show to act in the name of whoever made it.
create table access_token (
  id bigint primary key,
  account_id bigint not null references account (id) on delete cascade,
  -- SHA-256 of the token.
  token_hash bytea not null unique,
  name text not null,
  scope text not null check (scope in ('read', 'write')),
  created_at bigint not null,
  -- When it was last used, written every few minutes at most.
  used_at bigint,
  expires_at bigint,
  -- The token itself, sealed, and the session that made it, which is shown it for some minutes. Then nobody has it.
  token bytea,
  made_in bytea not null
);

create index access_token_by_account on access_token (account_id, id);
