//! What a conversation is: its kind, its name, who may do what in it. Follows what is said of it.

use serde::{Deserialize, Serialize};

use crate::{
    accounts::named,
    ids::{AccountId, SpaceId},
    messages::{Message, system::SystemNote},
    text::Words,
};

/// Between whom a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two people.
    Direct,
    /// Any number of people, who are brought in.
    Group,
    /// A part of a space.
    Channel,
    /// The one room that every account is in.
    Everyone,
}

/// Where a talk stands that a stranger asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// It waits for an answer.
    Pending,
    /// It was declined; who asked can no longer write.
    Declined,
}

impl Request {
    /// As stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Declined => "declined",
        }
    }

    /// The one of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Pending, Self::Declined].into_iter().find(|request| request.code() == code)
    }
}

/// What somebody is in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Brings people in, lets them go, and says what the group is called.
    Admin,
    Member,
}

impl Role {
    /// As stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    /// The role of this name, which is always lower-case.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Admin, Self::Member].into_iter().find(|role| role.code() == code)
    }
}

/// What a conversation of this kind and name is called, in the words of the page.
pub fn called(kind: Kind, name: &str, words: &Words) -> String {
    match kind {
        Kind::Everyone => words.places().general.to_owned(),
        Kind::Direct => named(name, words),
        Kind::Group | Kind::Channel => name.to_owned(),
    }
}

/// Members are counted up to here; people read `1,000+`.
pub const MEMBERS_COUNTED: u32 = 1_000;

/// Seconds that members may be made to wait between two messages; 0: none.
pub const SLOW_CHOICES: [u32; 9] = [0, 5, 10, 30, 60, 300, 900, 3_600, 21_600];

/// A conversation in the eyes of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub kind: Kind,
    /// What it is called: in a private talk as the other person is.
    pub name: String,
    /// What the colour of its picture comes from.
    pub face: i64,
    /// The other person's username, in a private talk.
    pub handle: Option<String>,
    /// What it is for; may be empty.
    pub topic: String,
    /// The space that it is a channel of.
    pub space: Option<SpaceId>,
    /// Whether everyone in that space is in it.
    pub is_open: bool,
    /// [`MEMBERS_COUNTED`] stands for as many or more.
    pub members: u32,
    /// What the viewer is here. Those who run a space are admins of its channels.
    pub role: Role,
    /// Where it stands, if a stranger asked the viewer for this talk and it is not accepted.
    pub request: Option<Request>,
    /// Whether the viewer may write now; if not, what was said is kept to read.
    pub may_write: bool,
    /// Whether the viewer keeps order here: deletes what others say, and says how often one may write.
    pub may_moderate: bool,
    /// Seconds that whoever does not moderate waits between two messages; 0: none.
    pub slow: u32,
}

impl About {
    /// Whether the viewer may say what stands out here: those who keep order, and both in a private talk.
    pub fn may_pin(&self) -> bool {
        self.may_moderate || self.kind == Kind::Direct && self.may_write
    }

    /// What it is called, in the words of the page.
    pub fn called(&self, words: &Words) -> String {
        called(self.kind, &self.name, words)
    }

    /// What it is, as a whole sentence would name it.
    pub fn labelled(&self, words: &Words) -> String {
        match self.kind {
            Kind::Direct => (words.conversation_with)(&self.name),
            Kind::Group | Kind::Channel | Kind::Everyone => {
                (words.places().conversation_in)(&self.called(words))
            }
        }
    }

    /// Whether the viewer may say what it is called and what it is for.
    pub fn may_describe(&self) -> bool {
        matches!(self.kind, Kind::Group | Kind::Channel) && self.role == Role::Admin
    }

    /// Whether the viewer may bring people in and let them go.
    pub fn may_choose_people(&self) -> bool {
        self.may_describe() && !self.is_open
    }

    /// Whether the viewer may make admins.
    pub fn may_make_admins(&self) -> bool {
        self.kind == Kind::Group && self.role == Role::Admin
    }

    /// Whether the viewer may leave it for itself.
    pub fn may_leave(&self) -> bool {
        match self.kind {
            Kind::Direct | Kind::Everyone => false,
            Kind::Group => true,
            Kind::Channel => !self.is_open && self.role == Role::Member,
        }
    }

    /// What becomes of this when `message` says something of the conversation, in the eyes of `me`. Each message must
    /// be given once, and in order.
    pub fn follow(&mut self, message: &Message, me: AccountId) {
        match &message.note {
            Some(SystemNote::Added { people }) => {
                self.count(|members| members.saturating_add(u32::try_from(people.len()).unwrap_or(u32::MAX)));
            }
            Some(SystemNote::Joined) => self.count(|members| members.saturating_add(1)),
            Some(SystemNote::Left | SystemNote::Removed { .. }) => {
                self.count(|members| members.saturating_sub(1));
            }
            Some(SystemNote::Promoted { person }) if *person == me => self.is_now(Role::Admin),
            Some(SystemNote::Demoted { person }) if *person == me => self.is_now(Role::Member),
            Some(SystemNote::Slowed { seconds }) => self.slow = *seconds,
            Some(SystemNote::Renamed { name }) => self.name.clone_from(name),
            Some(SystemNote::TopicChanged { topic }) => self.topic.clone_from(topic),
            Some(
                SystemNote::Created { .. }
                | SystemNote::Promoted { .. }
                | SystemNote::Demoted { .. }
                | SystemNote::Other,
            )
            | None => {}
        }
    }

    /// The viewer has another role. In a group its admins keep order.
    fn is_now(&mut self, role: Role) {
        self.role = role;
        self.may_moderate = role == Role::Admin;
    }

    /// Where only so many are known that there are more, a change is not seen.
    fn count(&mut self, change: impl Fn(u32) -> u32) {
        if self.members < MEMBERS_COUNTED {
            self.members = change(self.members).min(MEMBERS_COUNTED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::{message, person};

    fn group() -> About {
        About {
            kind: Kind::Group,
            name: "Garden".to_owned(),
            face: 7,
            handle: None,
            topic: String::new(),
            space: None,
            is_open: false,
            members: 3,
            role: Role::Member,
            request: None,
            may_write: true,
            may_moderate: false,
            slow: 0,
        }
    }

    fn after(notes: Vec<SystemNote>) -> About {
        let mut about = group();
        for (note, position) in notes.into_iter().zip(1..) {
            about.follow(&Message { note: Some(note), ..message(position, 2) }, person(1));
        }
        about
    }

    #[test]
    fn it_follows_what_is_said_of_it() {
        let about = after(vec![
            SystemNote::Added { people: vec![person(4), person(5)] },
            SystemNote::Left,
            SystemNote::Renamed { name: "Orchard".to_owned() },
            SystemNote::TopicChanged { topic: "Apples".to_owned() },
            SystemNote::Promoted { person: person(1) },
            SystemNote::Slowed { seconds: 30 },
        ]);
        assert_eq!((about.members, about.role), (4, Role::Admin));
        assert_eq!((about.may_moderate, about.slow), (true, 30));
        assert_eq!((&*about.name, &*about.topic), ("Orchard", "Apples"));
    }

    #[test]
    fn what_happens_to_others_is_not_mine() {
        let promoted = SystemNote::Promoted { person: person(3) };
        assert_eq!(after(vec![promoted]).role, Role::Member);
        let text = About { members: 3, ..group() };
        let mut same = text.clone();
        same.follow(&message(1, 2), person(1));
        assert_eq!(same, text);
    }

    #[test]
    fn a_crowd_is_not_counted() {
        let mut crowd = About { members: MEMBERS_COUNTED, ..group() };
        crowd.follow(&Message { note: Some(SystemNote::Left), ..message(1, 2) }, person(1));
        assert_eq!(crowd.members, MEMBERS_COUNTED);
    }
}
