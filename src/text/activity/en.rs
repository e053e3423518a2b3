//! English.

use super::ActivityWords;
use crate::{activity::Deed, conversations::counted, text::direction::isolated};

pub const WORDS: ActivityWords = ActivityWords {
    activity: "Activity",
    new: |count| format!("{} new", counted(count)),
    is_new: "new",
    told,
    nothing_title: "Nothing yet",
    nothing: "Here stands who turns to you, answers you, reacts to what you say, or asks to be friends.",
    older: "Earlier activity",
};

fn told(name: &str, deed: &Deed, place: &str) -> String {
    let name = isolated(name);
    match deed {
        Deed::Mentioned(_) => format!("{name} mentioned you"),
        Deed::Called(_) => format!("{name} turned to everyone"),
        Deed::Answered(_) => format!("{name} answered you"),
        Deed::Reacted { emoji, .. } => format!("{name} reacted {emoji} to what you said"),
        Deed::Reminded { .. } => format!("Reminder of what {name} said"),
        Deed::Unsent => "A message of yours was not sent at its time".to_owned(),
        Deed::Asked => format!("{name} asks to be friends"),
        Deed::Accepted => format!("{name} accepted your request"),
        Deed::Added => format!("{name} added you to {}", isolated(place)),
        Deed::Approached => format!("{name} wants to write to you"),
    }
}
