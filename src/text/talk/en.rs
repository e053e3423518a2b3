//! A conversation and what can be done in it, in English.

use super::TalkWords;
use crate::{
    conversations::counted,
    text::{
        direction::isolated,
        en::{characters, full_month},
    },
};

pub(in crate::text) const WORDS: TalkWords = TalkWords {
    from_somebody_blocked: "From somebody you have blocked",
    you: "You",
    today: "Today",
    yesterday: "Yesterday",
    full_day: |date| format!("{} {} {}", date.day, full_month(date), date.year),
    nothing_said: "Nothing said yet",
    say_hello: |name| format!("Say hello to {}.", isolated(name)),
    older_messages: "Older messages",
    newer_messages: "Newer messages",
    jump_to_latest: "Jump to latest",
    jump_to_first_unread: "Jump to first unread",
    new_messages: |count| format!("{} new", counted(count)),
    new_from_here: "New",
    actions: "Actions",
    copy_link: "Copy link",
    copied: "Copied",
    mark_unread: "Mark unread",
    marked_unread: "Marked unread",
    copy: "Copy",
    delete: "Delete",
    sending: "Sending",
    sent: "Sent",
    message: "Message",
    write_to: |name| format!("Write to {}", isolated(name)),
    send: "Send",
    characters_left: |count| format!("{} left", characters(count)),
    characters_too_many: |count| format!("{} too many", characters(count)),
    not_sent: |why| format!("Not sent. {why}"),
    retry: "Retry",
    read_only: "You can no longer write here. What was said is kept to read.",
};
