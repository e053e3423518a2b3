-- The keys that seal what people say, each wrapped by the master key, which is not in here.

create table data_key (
  id bigint primary key,
  purpose text not null check (purpose in ('seal', 'digest')),
  wrapped bytea not null,
  created_at bigint not null
);
