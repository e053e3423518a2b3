-- What a start prints while nobody looks after this Salon: whoever shows it does from then on.
create table staff_token (
  -- SHA-256: a copy of this table makes nobody anything.
  token_hash blob primary key,
  created_at integer not null
) strict;

create index account_by_staff on account (username) where is_staff;
