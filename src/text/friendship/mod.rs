//! The words about friends.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about friends.
pub struct FriendWords {
    pub person: &'static str,
    pub person_hint: &'static str,
    pub add_friend: &'static str,
    pub request_sent: &'static str,
    pub requests_sent: &'static str,
    pub your_friends: &'static str,
    pub open_conversation: &'static str,
    pub remove_friend: &'static str,
    /// Given how the friend is called.
    pub remove_friend_question: fn(&str) -> String,
    pub remove: &'static str,
    pub more_friends: &'static str,
    pub first_friends: &'static str,
    pub no_friends_title: &'static str,
    pub no_friends: &'static str,
}
