//! What Salon does, told in scenarios that run against the real server, on SQLite and on PostgreSQL.

mod support;

// What people do.
mod accounts;
mod settings;
mod conversations;
mod friends;
mod groups;
mod everyone;
mod invitations;
mod messages;
mod moderation;
mod privacy;
mod spaces;
mod realtime;
mod sessions;
mod unread;
mod windows;

// What must not happen.
mod bad_input;
mod failures;
mod group_races;
mod headers;
mod limits;
mod origins;
mod revocation;
mod sockets;

// What must last.
mod crash;
mod lifecycle;
mod schema;
mod store;

// What was agreed.
mod house_rules;
mod protocol;
