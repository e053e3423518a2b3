//! What one may have done from the box to write in, by a word behind a slash: `/topic Apples`.

pub mod parsing;
pub mod orders;
pub mod help;

use serde::{Deserialize, Serialize};

use crate::{
    conversations::about::About,
    text::{Words, commands::Explained},
};

/// Something that is done for who writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Tells what one does: an ordinary message, which is drawn with one's name in it.
    Me,
    /// Says something with a shrug behind it.
    Shrug,
    /// Says what the conversation is for.
    Topic,
    /// Brings people in.
    Invite,
    /// Leads to where one leaves.
    Leave,
    /// Leads to where one asks everybody.
    Poll,
    /// Mutes the conversation, or ends that.
    Mute,
    /// Explains all of these.
    Help,
}

impl Command {
    /// In the order in which they are listed.
    pub const ALL: [Self; 8] =
        [Self::Me, Self::Shrug, Self::Poll, Self::Topic, Self::Invite, Self::Leave, Self::Mute, Self::Help];

    /// The word behind the slash: the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Shrug => "shrug",
            Self::Topic => "topic",
            Self::Invite => "invite",
            Self::Leave => "leave",
            Self::Poll => "poll",
            Self::Mute => "mute",
            Self::Help => "help",
        }
    }

    /// The one of this name, in small letters or not: keyboards on screens begin with a capital.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.name().eq_ignore_ascii_case(name))
    }

    /// What it takes and what it does, in the words of the page.
    pub const fn explained(self, words: &'static Words) -> &'static Explained {
        let commands = words.commands();
        match self {
            Self::Me => &commands.me,
            Self::Shrug => &commands.shrug,
            Self::Topic => &commands.topic,
            Self::Invite => &commands.invite,
            Self::Leave => &commands.leave,
            Self::Poll => &commands.poll,
            Self::Mute => &commands.mute,
            Self::Help => &commands.help,
        }
    }

    /// Whether the viewer of a conversation may have it done there.
    pub fn applies(self, about: &About) -> bool {
        match self {
            Self::Topic => about.may_describe(),
            Self::Invite => about.may_choose_people(),
            Self::Leave => about.may_leave(),
            Self::Me | Self::Shrug | Self::Poll | Self::Mute | Self::Help => true,
        }
    }

    /// Whether it says something, rather than doing it.
    pub const fn says(self) -> bool {
        matches!(self, Self::Me | Self::Shrug)
    }

    /// Whether nothing comes of it without a text behind it.
    const fn needs_text(self) -> bool {
        matches!(self, Self::Me | Self::Topic)
    }

    /// What stands in the box once it is chosen: what takes something waits for it, the others are ready to go.
    pub fn written(self) -> String {
        let space = match self {
            Self::Me | Self::Shrug | Self::Poll | Self::Topic | Self::Invite => " ",
            Self::Leave | Self::Mute | Self::Help => "",
        };
        format!("/{}{space}", self.name())
    }
}

/// What `begun`, which begins with a slash, may become in a conversation. One that stands there whole and can go as it
/// is is offered no more: Enter is for sending it.
pub fn offered(about: &About, begun: &str) -> Vec<Command> {
    let begun = begun.trim_start_matches('/').to_ascii_lowercase();
    let fits = |command: &Command| {
        let is_ready = command.name() == begun && !command.needs_text();
        command.name().starts_with(&begun) && command.applies(about) && !is_ready
    };
    Command::ALL.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        conversations::about::{Kind, Role},
        messages::thread::fixtures::page,
    };

    fn about(kind: Kind, role: Role, is_open: bool) -> About {
        About { kind, role, is_open, ..page(0, Vec::new()).about }
    }

    fn names(about: &About, begun: &str) -> String {
        offered(about, begun).into_iter().map(Command::name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_what_applies_is_offered() {
        for (kind, role, is_open, names_of_all) in [
            (Kind::Direct, Role::Member, false, "me shrug poll mute help"),
            (Kind::Everyone, Role::Member, true, "me shrug poll mute help"),
            (Kind::Group, Role::Member, false, "me shrug poll leave mute help"),
            (Kind::Group, Role::Admin, false, "me shrug poll topic invite leave mute help"),
            (Kind::Channel, Role::Member, true, "me shrug poll mute help"),
            (Kind::Channel, Role::Member, false, "me shrug poll leave mute help"),
            (Kind::Channel, Role::Admin, true, "me shrug poll topic mute help"),
            (Kind::Channel, Role::Admin, false, "me shrug poll topic invite mute help"),
        ] {
            assert_eq!(
                names(&about(kind, role, is_open), "/"),
                names_of_all,
                "{kind:?} as {role:?}, {is_open}"
            );
        }
    }

    #[test]
    fn letters_narrow_and_what_is_ready_is_left_to_enter() {
        let group = about(Kind::Group, Role::Admin, false);
        for (begun, left) in [
            ("/m", "me mute"),
            ("/ME", "me"),
            ("/topic", "topic"),
            ("/mut", "mute"),
            ("/mute", ""),
            ("/Shrug", ""),
            ("/x", ""),
        ] {
            assert_eq!(names(&group, begun), left, "{begun}");
        }
    }

    #[test]
    fn each_is_known_by_its_name() {
        for command in Command::ALL {
            assert_eq!(Command::named(command.name()), Some(command));
            assert_eq!(Command::named(command.written().trim_matches(['/', ' '])), Some(command));
        }
        assert_eq!(Command::named("Topic"), Some(Command::Topic));
        assert_eq!(Command::named(""), None);
    }
}
