-- What people say of themselves beside their name, and who may know that they are here.

alter table account add column seen_by text not null default 'acquaintances'
  check (seen_by in ('acquaintances', 'friends', 'nobody'));
alter table account add column status_line text not null default '';
alter table account add column busy integer not null default 0 check (busy in (0, 1));
