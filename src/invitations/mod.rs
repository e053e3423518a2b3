//! Links by which people come into a group or a space.

pub mod invite_page;
pub mod links_page;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{
    conversations::about::Kind,
    ids::{ClientKey, ConversationId, InvitationId, SpaceId},
    time::Timestamp,
};

/// What stands in the link: 128 random bits.
pub type Token = ClientKey;

/// Invitations that one group or space may have at a time.
pub const MOST_INVITATIONS: u32 = 50;

/// Destination what an invitation leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    Group(ConversationId),
    Space(SpaceId),
}

impl Destination {
    /// The address of its page.
    pub fn path(self) -> String {
        match self {
            Self::Group(id) => crate::conversations::path(id),
            Self::Space(id) => crate::spaces::path(id),
        }
    }

    /// The address of the page of its invitations.
    pub fn invitations_path(self) -> String {
        self.path() + "/invitations"
    }
}

/// An invitation as whoever holds the link sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// What the group or the space is called.
    pub name: String,
    /// Whether it is a space.
    pub is_space: bool,
    /// What the colour of its picture comes from.
    pub face: i64,
    /// [`crate::conversations::about::MEMBERS_COUNTED`] stands for as many or more.
    pub members: u32,
    /// How whoever made it is called.
    pub made_by: String,
}

/// The invitations of a group or a space, as those who may invite see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitations {
    pub name: String,
    pub into: Destination,
    /// The latest first; at most [`MOST_INVITATIONS`].
    pub links: Vec<Link>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub id: InvitationId,
    pub token: Token,
    pub made_by: String,
    pub expires_at: Option<Timestamp>,
    pub uses_left: Option<u32>,
}

/// How long a new link lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lasts {
    Day,
    Week,
    Month,
    /// Until it is revoked.
    Always,
}

impl Lasts {
    pub const ALL: [Self; 4] = [Self::Week, Self::Day, Self::Month, Self::Always];

    /// As sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Always => "always",
        }
    }

    /// Milliseconds, if it ends by itself.
    pub const fn millis(self) -> Option<i64> {
        const DAY: i64 = 86_400_000;
        match self {
            Self::Day => Some(DAY),
            Self::Week => Some(7 * DAY),
            Self::Month => Some(30 * DAY),
            Self::Always => None,
        }
    }
}

/// Uses that a link may be made for; 0 stands for any number.
pub const USES: [u32; 5] = [0, 1, 5, 25, 100];

/// The address of an invitation.
pub fn path(token: &Token) -> String {
    format!("/invite/{token}")
}

/// Whether a conversation of this kind can be invited to by a link. A space is: its channels are not.
pub fn is_open_to_links(kind: Kind) -> bool {
    kind == Kind::Group
}
