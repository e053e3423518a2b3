-- What happened to accounts and rights. Append-only, each row holding the hash of the one before;
-- ids and kinds only, never content.

create table audit (
  id integer primary key,
  at integer not null,
  action text not null,
  actor_id integer,
  subject_id integer,
  address text not null default '',
  previous blob not null,
  hash blob not null
) strict;

create index audit_by_actor on audit (actor_id, id);

create trigger audit_is_not_changed before update on audit
begin
  select raise(abort, 'the audit log is append-only');
end;

create trigger audit_is_not_deleted before delete on audit
begin
  select raise(abort, 'the audit log is append-only');
end;
