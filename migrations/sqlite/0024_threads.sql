-- What is said about one message, beside what else is said in the conversation. Such a message names the one at the head
-- of its thread (`thread_id`), and takes its number and its place from the conversation like any other.

-- At the head of a thread: how many answers stand in it, where the last one does, and when it was said.
alter table message add column replies integer not null default 0;
alter table message add column replied_position integer;
alter table message add column replied_at integer;

-- The room is read past its threads, and each thread past the room, however long the other is.
create index message_in_room on message (conversation_id, position) where thread_id is null;
create index message_in_thread on message (thread_id, position) where thread_id is not null;

-- Who wants to hear of a thread, or no longer does, and how far they have read it.
create table thread_follow (
  account_id integer not null references account (id) on delete cascade,
  root_id integer not null references message (id) on delete cascade,
  conversation_id integer not null references conversation (id) on delete cascade,
  follows integer not null check (follows in (0, 1)),
  read_position integer not null,
  primary key (account_id, root_id)
) strict, without rowid;

create index thread_follow_by_root on thread_follow (root_id);
create index thread_follow_by_conversation on thread_follow (conversation_id);
