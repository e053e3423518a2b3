//! Private servers: channels gathered under one roof, with people of different ranks.

pub mod channel_page;
pub mod column;
pub mod deleting;
pub mod new_page;
pub mod people_page;
pub mod server_fns;
pub mod settings_page;
pub mod space_page;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::Person,
    conversations::choices::Loudness,
    ids::{ConversationId, SpaceId},
    presence::Present,
};

/// What somebody is in a space; whoever stands further up here ranks higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// The one whose space it is.
    Owner,
    /// Runs it: channels, ranks below, what it is called.
    Admin,
    /// Keeps order: lets members go.
    Moderator,
    Member,
}

impl Rank {
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::Moderator, Self::Member];

    /// As stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Moderator => "moderator",
            Self::Member => "member",
        }
    }

    /// The rank of this name, which is always lower-case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.code() == code)
    }

    /// Whether it may do something about somebody of rank `other`.
    pub fn outranks(self, other: Self) -> bool {
        self < other
    }

    /// Whether it keeps order: runs the space, or moderates it.
    pub fn keeps_order(self) -> bool {
        self <= Self::Moderator
    }

    /// Whether it runs the space.
    pub fn runs_it(self) -> bool {
        self <= Self::Admin
    }

    /// Whether somebody of this rank may make somebody who is `before` into `after`. Nobody gives away their own rank:
    /// there is one owner, who hands over the whole.
    pub fn may_make(self, before: Self, after: Self) -> bool {
        self.runs_it() && self.outranks(before) && self.outranks(after)
    }
}

/// A space in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceLine {
    pub id: SpaceId,
    pub name: String,
    /// Unread messages in those of its channels that are counted; [`crate::conversations::UNREAD_COUNTED`] stands for as
    /// many or more. Of the others those that name the viewer.
    pub unread: u32,
    /// Those that name the viewer, or everyone; likewise.
    pub mentions: u32,
}

/// Spaces that one person may be in.
pub const MOST_SPACES: u32 = 100;

/// Channels that one space may have.
pub const MOST_CHANNELS: u32 = 200;

/// A space as its own pages show it to one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    pub id: SpaceId,
    pub name: String,
    /// What the viewer is here.
    pub rank: Rank,
    /// [`crate::conversations::about::MEMBERS_COUNTED`] stands for as many or more.
    pub members: u32,
    /// Those that the viewer may see: the pinned ones, then the others, in their order. Nothing that is hidden.
    pub channels: Vec<ChannelLine>,
}

/// A channel in the list of its space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelLine {
    pub conversation: ConversationId,
    pub name: String,
    /// Whether everyone in the space is in it.
    pub is_open: bool,
    /// Unread messages, none where nothing is to be heard; [`crate::conversations::UNREAD_COUNTED`] stands for as many
    /// or more.
    pub unread: u32,
    /// Those of them that name the viewer, or everyone; likewise.
    pub mentions: u32,
    /// Whether there is news in a thread that the viewer follows.
    pub threads: bool,
    pub loudness: Loudness,
    pub pinned: bool,
}

/// A part of the people of a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceMembers {
    pub space: Space,
    /// By username; at most [`SpaceMembers::PAGE`].
    pub people: Vec<SpaceMemberLine>,
    /// What the viewer may know of these, where there is anything to say.
    pub present: Vec<Present>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<String>,
}

impl SpaceMembers {
    /// People on one page.
    pub const PAGE: usize = 50;
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceMemberLine {
    pub person: Person,
    pub rank: Rank,
}

/// The address of a space.
pub fn path(space: SpaceId) -> String {
    format!("/s/{space}")
}

/// The address of a page about a space: `people`, `settings`, `channels/new`.
pub fn page_path(space: SpaceId, page: &str) -> String {
    format!("/s/{space}/{page}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_given_from_above_and_the_highest_is_handed_over() {
        use Rank::{Admin, Member, Moderator, Owner};
        assert!(Owner.may_make(Member, Admin) && Owner.may_make(Admin, Member));
        assert!(Admin.may_make(Member, Moderator) && Admin.may_make(Moderator, Member));
        for (who, before, after) in [
            (Owner, Member, Owner),
            (Admin, Member, Admin),
            (Admin, Admin, Member),
            (Admin, Owner, Member),
            (Moderator, Member, Moderator),
            (Member, Member, Moderator),
        ] {
            assert!(!who.may_make(before, after), "{who:?}: {before:?} to {after:?}");
        }
    }

    #[test]
    fn a_rank_is_read_as_it_is_written() {
        for rank in Rank::ALL {
            assert_eq!(Rank::from_code(rank.code()), Some(rank));
        }
        for code in ["Owner", "ADMIN", "", "admin "] {
            assert_eq!(Rank::from_code(code), None);
        }
    }
}
