-- How often a password has been changed. A session is begun only under the password that opened it: a log-in that is
-- still under way when the password changes would otherwise outlive the change.

alter table account add column password_version integer not null default 0;
