//! Friends, in English.

use super::FriendWords;
use crate::text::direction::isolated;

pub(in crate::text) const WORDS: FriendWords = FriendWords {
    person: "Username or email",
    person_hint: "Exactly as they gave it to you.",
    add_friend: "Add friend",
    request_sent: "Request sent. If they had asked you already, you are friends now.",
    requests_sent: "Waiting for an answer",
    your_friends: "Your friends",
    open_conversation: "Open conversation",
    remove_friend: "Remove friend",
    remove_friend_question: |name| {
        format!(
            "Remove {} from your friends? What you said stays to be read, by both of you.",
            isolated(name)
        )
    },
    remove: "Remove",
    more_friends: "More friends",
    first_friends: "From the beginning",
    no_friends_title: "Nobody yet",
    no_friends: "Ask for a username or an email address, and add your first friend above.",
};
