//! Everything that never leaves the server. What a server is made of, in the order in which it starts:

pub mod command;
pub mod config;
pub mod boot;
pub mod state;
pub mod version;
mod folder;
mod listen;
pub mod router;

// What every request meets.
pub mod origin;
pub mod caller;
pub mod access;
pub mod forms;
pub mod pages;
mod rendering;
pub mod answer;
mod failures;
mod leftovers;
pub mod limits;

// How Salon calls others.
pub mod outbound;

// The store, and what keeps it safe.
pub mod db;
pub mod clock;
pub mod mint;
pub mod crypto;
pub mod passwords;
pub mod sessions;
pub mod audit;

// The verbs, noun by noun.
pub mod accounts;
pub mod phones;
mod sms;
pub mod friends;
pub mod presence;
pub mod conversations;
pub mod spaces;
pub mod invitations;
pub mod moderation;
pub mod reading;
pub mod mentions;
pub mod highlighting;
pub mod messages;
pub mod threads;
pub mod polls;
pub mod drafts;
pub mod receipts;
pub mod activity;
pub mod later;
pub mod staff;
pub mod tokens;
pub mod bots;
pub mod webhooks;
pub mod upkeep;
pub mod finding;
pub mod catching_up;

// The live path.
pub mod realtime;
pub mod rest;
mod dialects;
