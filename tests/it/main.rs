//! What Salon does, told in scenarios that run against the real server, on SQLite and on PostgreSQL.

mod support;

// What people do.
mod accounts;
mod bots;
mod settings;
mod choices;
mod commands;
mod conversations;
mod deletion;
mod dialects;
mod deleting;
mod editing;
mod reacting;
mod polls;
mod retracting;
mod finding;
mod mentions;
mod activity;
mod later;
mod friends;
mod groups;
mod everyone;
mod invitations;
mod messages;
mod moderation;
mod phones;
mod presence;
mod privacy;
mod receipts;
mod replies;
mod forwarding;
mod highlighting;
mod catching_up;
mod drafts;
mod requests;
mod rest;
mod slow_mode;
mod spaces;
mod staff;
mod realtime;
mod sessions;
mod threads;
mod tombstones;
mod unread;
mod windows;

// What must not happen.
mod bad_input;
mod failures;
mod group_races;
mod headers;
mod limits;
mod matrix;
mod origins;
mod revocation;
mod sockets;

// What must last.
mod crash;
mod keeping;
mod lifecycle;
mod long_use;
mod schema;
mod store;

// What was agreed.
mod examples;
mod house_rules;
mod protocol;
