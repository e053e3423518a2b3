-- What happened to accounts and rights. Append-only, each row holding the hash of the one before;
-- ids and kinds only, never content.

create table audit (
  id bigint primary key,
  at bigint not null,
  action text not null,
  actor_id bigint,
  subject_id bigint,
  address text not null default '',
  previous bytea not null,
  hash bytea not null
);

create index audit_by_actor on audit (actor_id, id);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end
$$;

create trigger audit_is_not_changed before update or delete or truncate on audit
execute function audit_is_append_only();
