-- What programs show to act in the name of whoever made it.
create table access_token (
  id integer not null primary key,
  account_id integer not null references account (id) on delete cascade,
  -- SHA-256 of the token.
  token_hash blob not null unique,
  name text not null,
  scope text not null check (scope in ('read', 'write')),
  created_at integer not null,
  -- When it was last used, written every few minutes at most.
  used_at integer,
  expires_at integer,
  -- The token itself, sealed, and the session that made it, which is shown it for some minutes. Then nobody has it.
  token blob,
  made_in blob not null
) strict;

create index access_token_by_account on access_token (account_id, id);
