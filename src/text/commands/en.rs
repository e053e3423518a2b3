//! Commands, in English.

use super::{CommandWords, Explained};

pub(in crate::text) const WORDS: CommandWords = CommandWords {
    commands: "Commands",
    me: Explained { takes: "what you do", does: "Tells what you do, with your name before it." },
    shrug: Explained { takes: "text", does: r"Sends the text with ¯\_(ツ)_/¯ behind it." },
    poll: Explained { takes: "question", does: "Leads to the page for a new poll." },
    topic: Explained { takes: "text", does: "Says what this conversation is for." },
    invite: Explained { takes: "@name", does: "Adds people to this conversation." },
    leave: Explained { takes: "", does: "Leads to the page for leaving this conversation." },
    mute: Explained { takes: "", does: "Mutes this conversation, or unmutes it." },
    help: Explained { takes: "", does: "Explains the commands." },
    anyway: "A text that begins with two slashes is sent with one: //help says /help.",

    topic_set: "The topic is set.",
    people_added: "Everyone you named is here now.",
    unknown: |name| format!("There is no command /{name}. To say it anyway, write //{name}."),
    not_here: |name| format!("/{name} does nothing here. To say it anyway, write //{name}."),
    empty: |name| format!("Write something behind /{name}."),
};
