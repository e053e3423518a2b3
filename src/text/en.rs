//! English, in sentence case.

use super::{Locale, Words, counts::ENGLISH, direction::isolated};
use crate::{
    conversations::counted,
    error::{Error, Field, Why},
    time::Date,
};

pub(super) const WORDS: Words = Words {
    locale: Locale::En,

    skip_to_content: "Skip to content",
    main_navigation: "Salon",
    home: "Home",
    friends: "Friends",
    settings: "Settings",
    log_out: "Log out",
    back: "Back",
    back_home: "Back to home",
    show: "Show",
    hide: "Hide",
    day_and_month: |date| format!("{} {}", date.day, month(date)),

    promise: "A place to talk that lives on this server and nowhere else.",

    conversations: "Conversations",
    friend_requests: "Friend requests",
    you_wrote: |text| format!("You: {}", isolated(text)),
    somebody_wrote: |name, text| format!("{}: {}", isolated(name), isolated(text)),
    somebody_did: |name, text| format!("{} {}", isolated(name), isolated(text)),
    unread: |count| format!("{} unread", counted(count)),
    more_conversations: "More conversations",
    latest_conversations: "Latest conversations",
    no_conversations_title: "It is quiet here",
    no_conversations: "Conversations with your friends will stand here.",
    no_more_conversations: "There are no more conversations.",
    add_friends: "Add friends",

    welcome: |name| format!("Good to see you, {}", isolated(name)),
    welcome_text: "Choose a conversation, or find somebody to talk to.",

    accept: "Accept",
    decline: "Decline",
    cancel: "Cancel",
    save: "Save",
    saved: "Saved.",
    deleted_account: "Deleted account",
    conversation_with: |name| format!("Conversation with {}", isolated(name)),
    mark_read: "Mark as read",
    draft: "Draft:",
    no_connection: "No connection. What you write is sent once Salon has reached the server again.",
    next_try: |seconds| format!("Next try in {seconds} s"),
    trying: "Trying now…",
    retry_now: "Retry now",

    new_version: "A new version of Salon is here.",
    reload: "Reload",
    dismiss: "Not now",

    not_found_title: "There is nothing here",
    not_found: "This page does not exist, or it is not for you. The link may be incomplete.",
    failed_title: "This could not be loaded",
    try_again: "Try again",
    refused_title: "This did not work",
    not_ours: "This did not come from a page of Salon, so nothing was changed. Go back to Salon and try there.",
    unavailable_title: "Salon cannot answer",
    refusal,
};

fn month(date: Date) -> &'static str {
    match date.month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

pub(super) fn full_month(date: Date) -> &'static str {
    match date.month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

fn refusal(error: &Error) -> String {
    let sentence = match error {
        Error::SignedOut => "You are logged out. Log in again to go on.",
        Error::WrongLogin => "This name and this password do not belong together. Check both and try again.",
        Error::NotFound => "This does not exist, or no longer.",
        Error::Forbidden => "You may not do this here.",
        Error::Invalid { field, why } => return invalid(*field, *why),
        Error::Taken { field: Field::Username } => "This username is taken. Choose another.",
        Error::Taken { field: Field::Email } => {
            "An account with this address exists already. Log in, or use another address."
        }
        Error::Taken { field: Field::Phone } => "This number has an account already. Log in with it.",
        Error::Taken { .. } => "Somebody has this already. Choose another.",
        Error::Conflict => "This has changed in the meantime. Reload the page and try again.",
        Error::TooMuch => "This is more than can be taken. Shorten it and try again.",
        Error::Unsupported => "This kind of content cannot be taken here.",
        Error::TooFast { retry_in } => {
            return format!("That was too often. Try again in {}.", wait(*retry_in));
        }
        Error::Unreachable => "Salon could not be reached. Check the connection and try again.",
        Error::Unavailable => "Salon cannot answer at the moment. Try again shortly.",
    };
    sentence.to_owned()
}

fn invalid(field: Field, why: Why) -> String {
    let sentence = match (field, why) {
        (_, Why::TooShort { at_least }) => return format!("Use at least {}.", characters(at_least)),
        (Field::Pins, Why::TooLong { at_most }) => {
            return format!("You have pinned {at_most} conversations, which is the most. Unpin one first.");
        }
        (Field::Places, Why::TooLong { at_most }) => {
            return format!("Choose at most {at_most} conversations.");
        }
        (Field::Reminders, Why::TooLong { at_most }) => {
            return format!("{at_most} reminders wait already, which is the most. Remove one first.");
        }
        (Field::Scheduled, Why::TooLong { at_most }) => {
            return format!("{at_most} messages wait already, which is the most. Remove one first.");
        }
        (Field::Answers, Why::TooLong { at_most }) => {
            return format!("A poll has at most {at_most} answers.");
        }
        (_, Why::TooLong { at_most }) => return format!("Use at most {}.", characters(at_most)),

        (Field::Username, Why::Missing) => "Enter a username.",
        (Field::DisplayName, Why::Missing) => "Enter a name.",
        (Field::Email, Why::Missing) => "Enter an email address.",
        (Field::Password, Why::Missing) => "Enter a password.",
        (Field::CurrentPassword, Why::Missing) => "Enter your current password.",
        (Field::Name, Why::Missing) => "Enter a name.",
        (Field::People, Why::Missing) => "Choose at least one friend.",
        (Field::Places, Why::Missing) => "Choose at least one conversation.",
        (Field::Person, Why::Missing) => "Enter a username or an email address.",
        (Field::Emoji, Why::Missing) => "Choose an emoji.",
        (Field::Emoji, _) => "This is not an emoji.",
        (Field::Phone, Why::Missing) => "Enter a phone number.",
        (Field::Phone, Why::Characters | Why::Shape) => {
            "Write the number with its country code, like +237 670 00 00 01."
        }
        (Field::Code, Why::Missing) => "Enter the code that was sent to you.",
        (Field::Code, Why::Characters | Why::Shape) => "The code has six digits.",
        (Field::Code, Why::Wrong) => "This is not the code, or no longer. Check it, or ask for another.",
        (Field::Term, Why::Missing) => "Write what you are looking for.",
        (Field::Body, Why::Missing) => "Write something first.",
        (Field::Question, Why::Missing) => "Write what you want to ask.",
        (Field::Answers, Why::Missing) => "Give at least two answers.",
        (Field::Answers, Why::Wrong) => "Two of the answers are the same. Change one.",
        (Field::Answer, Why::Unknown) => "This poll does not have this answer.",
        (Field::Poll, Why::Past) => "This poll is closed.",
        (Field::Token, _) => "This is not the token that the server has printed last.",
        (Field::Moment, Why::Missing) => "Choose when.",
        (Field::Moment, Why::Shape) => "Write day and time like 2026-11-23 09:00.",
        (_, Why::Past) => "This time is over. Choose one to come.",
        (_, Why::TooFar) => "Choose a time within a year.",
        (Field::Form, _) => "The form arrived incomplete. Reload the page and try again.",
        (_, Why::Missing) => "Fill this in.",

        (_, Why::Ending) => "The username of a bot ends in “bot”, like tea-bot.",
        (Field::Address, Why::Unknown) => {
            "Salon calls addresses on the internet, at the usual ports, and no others."
        }
        (Field::Link, _) => "There is no such invitation, or no longer.",
        (Field::Address, Why::Shape) => "Write an address that begins with https:// or http://.",
        (Field::Username, Why::Characters | Why::Shape) => {
            "Use only the letters a to z, digits, dot, underscore and hyphen."
        }
        (Field::Email, Why::Characters | Why::Shape) => {
            "This does not look like an email address. Write it like name@example.org."
        }
        (Field::Locale | Field::Theme, _) => "Choose one of the list.",
        (_, Why::Characters | Why::Shape) => "Some of these characters cannot be used here.",

        (_, Why::Reserved) => "This name is kept for Salon itself. Choose another.",
        (_, Why::Guessable) => "This is among the first that anyone would guess. Choose another.",
        (Field::Role, Why::Last) => "You are the only admin. Make somebody else admin first.",
        (Field::Rank, Why::Last) => "The space is yours. Hand it over or delete it.",
        (Field::Name, Why::Last) => "A space has at least one channel.",
        (Field::Name, Why::Wrong) => "This is not what it is called. Type its name as it is written above.",
        (_, Why::Banned) => "Somebody of these is banned. Lift the ban first.",
        (_, Why::Last) => "One must remain.",
        (Field::People, Why::Unknown) => "Only friends can be brought in. Check the names.",
        (Field::Username, Why::Wrong) => "This is not your username.",
        (_, Why::Wrong) => "This is not your current password. Check it and try again.",
        (_, Why::Unknown) => "Nobody here has this username or address. Check how it is written.",
        (_, Why::Yourself) => "This is you. Enter somebody else.",
    };
    sentence.to_owned()
}

pub(super) fn characters(count: u32) -> String {
    ENGLISH.of(count, "character", "characters")
}

/// A time to wait, in the unit that people would say; never shorter than it is.
fn wait(seconds: u32) -> String {
    match seconds {
        0..=90 => ENGLISH.of(seconds.max(1), "second", "seconds"),
        91..=5_400 => ENGLISH.of(seconds.div_ceil(60), "minute", "minutes"),
        _ => ENGLISH.of(seconds.div_ceil(3_600), "hour", "hours"),
    }
}
