-- What can be done to a message: edited, and taken back for a moment before it is deleted.

-- What it said before an edit, by the version that its text had then; sealed as it was.
create table message_version (
  message_id bigint not null references message (id) on delete cascade,
  version bigint not null,
  body bytea not null,
  written_at bigint not null,
  primary key (message_id, version)
);

-- Deleted by their authors, who can still undo it: all that is due stands in front.
create index message_retracted on message (delete_at) where delete_at is not null and deleted_at is null;

-- And those of one person on the page of a conversation.
create index message_retracted_by on message (conversation_id, sender_id)
  where delete_at is not null and deleted_at is null;
