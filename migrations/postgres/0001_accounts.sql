-- Who people are.

create table account (
  id bigint primary key,
  -- How one is found: lower-case, 2 to 32 of a-z 0-9 . _ -
  username text not null unique,
  -- How one is called: free.
  display_name text not null,
  email text not null,
  -- The address folded for comparison, so that one mailbox has one account.
  email_key text not null unique,
  phone text unique,
  -- A PHC string of Argon2id; null for an account that has no password.
  password_hash text,
  is_premium boolean not null default false,
  is_staff boolean not null default false,
  -- Null: as the browser asks.
  locale text,
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  who_may_write text not null default 'acquaintances' check (who_may_write in ('everyone', 'acquaintances', 'requests')),
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint
);

create table session (
  -- SHA-256 of what the cookie holds: a copy of this table opens nothing.
  id_hash bytea primary key,
  account_id bigint references account (id) on delete cascade,
  data text not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  user_agent text not null default '',
  address text not null default ''
);

create index session_by_account on session (account_id);
create index session_by_expiry on session (expires_at);
