-- Lists that go across conversations are in the order in which messages were made, not in that of one conversation.
create index message_by_id on message (conversation_id, id);
