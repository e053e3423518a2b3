-- What is said about one message, beside what else is said in the conversation. Such a message names the one at the head
-- of its thread (`thread_id`), and takes its number and its place from the conversation like any other.

-- At the head of a thread: how many answers stand in it, where the last one does, and when it was said.
alter table message add column replies bigint not null default 0;
alter table message add column replied_position bigint;
alter table message add column replied_at bigint;

-- The room is read past its threads, and each thread past the room, however long the other is.
create index message_in_room on message (conversation_id, position) where thread_id is null;
create index message_in_thread on message (thread_id, position) where thread_id is not null;

-- Who wants to hear of a thread, or no longer does, and how far they have read it.
create table thread_follow (
  account_id bigint not null references account (id) on delete cascade,
  root_id bigint not null references message (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  follows bigint not null check (follows in (0, 1)),
  read_position bigint not null,
  primary key (account_id, root_id)
);

create index thread_follow_by_root on thread_follow (root_id);
create index thread_follow_by_conversation on thread_follow (conversation_id);
