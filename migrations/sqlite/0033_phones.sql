-- Codes that were sent to telephones, each good once and for some minutes.
create table phone_code (
  -- A keyed hash of the number: those who have no account leave none behind.
  phone_hash blob not null,
  purpose text not null check (purpose in ('sign_up', 'log_in', 'proof')),
  -- A keyed hash of the code; null once it was used, or guessed at too often.
  code_hash blob,
  created_at integer not null,
  expires_at integer not null,
  -- Wrong guesses.
  tries integer not null default 0,
  primary key (phone_hash, purpose)
) strict;

create index phone_code_by_end on phone_code (expires_at);
