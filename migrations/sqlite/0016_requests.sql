-- Strangers who write: their talk waits until it is accepted.

-- Whether this talk was asked for and is not accepted: it is not in the list, and nobody answers there.
alter table participant add column request text check (request in ('pending', 'declined'));

-- Whether this person has agreed to hear from the other, who is no friend.
alter table participant add column welcomes integer not null default 0 check (welcomes in (0, 1));

create index participant_request on participant (account_id, conversation_id) where request is not null;
