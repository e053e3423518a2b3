-- Keeping order: messages that somebody deleted for all, and how often one may write.

-- Who deleted it. Null where it was not deleted; where `deleted_at` is set without it, its sender did.
alter table message add column deleted_by bigint references account (id);

-- Seconds that a member waits between two messages; 0: none.
alter table conversation add column slow bigint not null default 0;

-- As before, and with what was deleted in it: the last message that somebody wrote, by which they wait, may have been.
drop index message_unread;
create index message_unread on message (conversation_id, sender_id, position, deleted_at)
  where kind <> 'system' and thread_id is null;
