-- The keys that seal what people say, each wrapped by the master key, which is not in here.

create table data_key (
  id integer primary key,
  purpose text not null check (purpose in ('seal', 'digest')),
  wrapped blob not null,
  created_at integer not null
) strict;
