//! Finding one's way in English.

use super::FindingWords;
use crate::text::direction::isolated;

pub(in crate::text) const WORDS: FindingWords = FindingWords {
    find: "Find",
    find_what: "A conversation, a space or a friend",
    close: "Close",
    places: "Where to go",
    nothing_found: "Nothing here has this name.",
    group: "Group",
    space: "Space",
    channel_of: |space| format!("Channel in {}", isolated(space)),
    everyone: "Room for everyone",

    notifications: "Notifications",
    muting: "Mute",
    muting_text: "As long as it is muted, nothing that is said here is shown as unread. It can still be read at any time.",
    mute_hour: "Mute for 1 hour",
    mute_eight_hours: "Mute for 8 hours",
    mute_week: "Mute for 1 week",
    mute_always: "Mute until further notice",
    unmute: "Unmute",
    not_muted: "Not muted.",
    muted_always: "Muted until you unmute it.",
    muted_until: |moment| format!("Muted until {moment}."),
    level: "Shown as unread",
    level_text: "With mentions, the conversation is set in bold when something is new, without a number. With nothing, \
                 it never is.",
    all: "All messages",
    mentions: "Mentions",
    nothing: "Nothing",
    in_list: "In the list",
    in_list_text: "Pinned conversations stand first; there can be 20. A hidden one comes back when something new is said \
                   in it, and can be found by its name at any time.",
    pin: "Pin",
    unpin: "Unpin",
    hide: "Hide",
    show_again: "Show again",
    stands_by_activity: "Stands in the list, neither pinned nor hidden.",
    stands_first: "Pinned: stands first in the list.",
    stands_nowhere: "Hidden from the list.",

    muted: "muted",
    pinned: "pinned",
};
