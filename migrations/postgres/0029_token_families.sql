-- Programs that logged in with a name and a password: each may go on until it logs out, or is silent for too long.
create table token_family (
  id bigint primary key,
  account_id bigint not null references account (id) on delete cascade,
  -- Whose contract the program speaks. Its tokens open nothing else.
  audience text not null check (audience in ('api', 'vaultroom', 'garrix', 'messagerie', 'securisee')),
  -- SHA-256 of what all refresh tokens of the family begin with. It stands in the place of a session's.
  session_hash bytea not null unique,
  -- SHA-256 of the one refresh token that is good now; null where there is none.
  refresh_hash bytea,
  created_at bigint not null,
  renewed_at bigint not null,
  expires_at bigint not null,
  address text not null,
  user_agent text not null
);

create index token_family_by_account on token_family (account_id, renewed_at);
create index token_family_by_end on token_family (expires_at);
