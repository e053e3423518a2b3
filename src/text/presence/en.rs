//! English.

use super::PresenceWords;

pub const WORDS: PresenceWords = PresenceWords {
    online: "Online",
    idle: "Idle",
    busy: "Do not disturb",

    here_now: "Here now",
    nobody_here: "Nobody you know is connected at the moment.",

    status: "Status",
    status_hint: "A line that stands beside your name, such as “Back on Monday”. Up to 80 characters.",
    availability: "Availability",
    available: "Available",

    seen_by: "Who sees when you are here",
    seen_by_hint: "It goes both ways: you see only those who may see you.",
    seen_by_acquaintances: "Friends, and people in your groups and channels",
    seen_by_friends: "Friends only",
};
