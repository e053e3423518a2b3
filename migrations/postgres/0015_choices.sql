-- What each person chose for a conversation of theirs, beside how much they want to hear of it (`notify`).

-- Until when nothing in it is shown as unread; null: it is not muted.
alter table participant add column muted_until bigint;
-- Stands first in the list.
alter table participant add column pinned bigint not null default 0 check (pinned in (0, 1));
-- Not in the list as long as nothing was said behind this position; null: it is.
alter table participant add column hidden_position bigint;

-- How many somebody has pinned is asked before each.
create index participant_pinned on participant (account_id) where pinned = 1;
