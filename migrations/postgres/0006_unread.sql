-- What is unread is counted: the messages of each other person behind the position that one has read. Beginning with
-- who wrote them, the count never walks over one's own, of which there may be any number.

create index message_unread on message (conversation_id, sender_id, position)
  where kind <> 'system' and thread_id is null and deleted_at is null;
