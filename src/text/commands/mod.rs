//! The words about what one has done from the box to write in.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about commands.
pub struct CommandWords {
    pub commands: &'static str,
    pub me: Explained,
    pub shrug: Explained,
    pub poll: Explained,
    pub topic: Explained,
    pub invite: Explained,
    pub leave: Explained,
    pub mute: Explained,
    pub help: Explained,
    /// How to say what begins like a command.
    pub anyway: &'static str,

    // What came of one.
    pub topic_set: &'static str,
    pub people_added: &'static str,

    // Why nothing did. Given its name.
    pub unknown: fn(&str) -> String,
    pub not_here: fn(&str) -> String,
    pub empty: fn(&str) -> String,
}

/// One command.
pub struct Explained {
    /// What stands behind it; may be empty.
    pub takes: &'static str,
    pub does: &'static str,
}
