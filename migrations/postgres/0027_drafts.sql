-- What people have begun to write and not sent, so that it is there on their other devices too.
create table draft (
  account_id bigint not null references account (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  -- The message at the head of the thread that it is for; 0: none.
  thread_id bigint not null,
  -- Another one, and a larger one, each time it changes. What is sealed is sealed for it.
  revision bigint not null,
  -- The browser that changed it last, by a name that it chose.
  writer text not null,
  -- Sealed; null: nothing stands there any more. The row stays, so that no late request brings back what was sent.
  body bytea,
  primary key (account_id, conversation_id, thread_id)
);

create index draft_by_account on draft (account_id, revision);
create index draft_by_conversation on draft (conversation_id);
