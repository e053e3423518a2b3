-- Whether lists of everyone name somebody: those who came by a document that has such lists.
alter table account add column is_listed bigint not null default 0 check (is_listed in (0, 1));

create index account_by_listing on account (is_listed, id);
