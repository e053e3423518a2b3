-- Codes that were sent to telephones, each good once and for some minutes.
create table phone_code (
  -- A keyed hash of the number: those who have no account leave none behind.
  phone_hash bytea not null,
  purpose text not null check (purpose in ('sign_up', 'log_in', 'proof')),
  -- A keyed hash of the code; null once it was used, or guessed at too often.
  code_hash bytea,
  created_at bigint not null,
  expires_at bigint not null,
  -- Wrong guesses.
  tries bigint not null default 0,
  primary key (phone_hash, purpose)
);

create index phone_code_by_end on phone_code (expires_at);
