//! What is to come, in English.

use super::LaterWords;
use crate::later::{moment::Wait, scheduled::Hindrance};

pub(in crate::text) const WORDS: LaterWords = LaterWords {
    when: "When",
    in_a_while: |wait| match wait {
        Wait::TwentyMinutes => "In 20 minutes",
        Wait::OneHour => "In 1 hour",
        Wait::ThreeHours => "In 3 hours",
    },
    tomorrow_at: |day, hour| format!("Tomorrow at {hour}:00 ({day})"),
    monday_at: |day, hour| format!("Next Monday at {hour}:00 ({day})"),
    at_another_time: "At another time",
    day_and_time: "Day and time",
    day_and_time_utc: "Day and time (UTC)",
    utc_hint: |clock| {
        format!("Without JavaScript your time zone is not known here. In UTC it is {clock} now.")
    },

    remind_me: "Remind me",
    remind_of_message: "Remind me of this message",
    note: "Note (optional)",
    note_hint: "Only you see it.",
    set_reminder: "Set reminder",
    is_waiting: |when| format!("You will be reminded on {when}. Another time takes its place."),
    reminders: "Reminders",
    reminders_text: "What you will be reminded of, the next first. When it is time it stands under Activity.",
    no_reminders: "No reminder waits. Every message has “Remind me” among its actions.",
    forget: "Remove",
    change: "Change",

    send_later: "Send later",
    schedule: "Schedule",
    scheduled_messages: "Scheduled messages",
    scheduled_text: "What waits to be sent. At its time it is sent as if you did it then.",
    nothing_scheduled: "Nothing waits to be sent. “Send later” stands beside the box in every conversation.",
    send_now: "Send now",
    revise: "Edit scheduled message",
    remove_scheduled: "Remove scheduled message",
    remove_question: "Remove this message? It will not be sent, and its text is gone.",
    place_gone: "A conversation that you are no longer in",
    hindered: |hindrance| match hindrance {
        Hindrance::Gone => "You are no longer in this conversation.",
        Hindrance::ReadOnly => "You may only read in this conversation.",
        Hindrance::Text => "The text is too long by now. Shorten it and try again.",
        Hindrance::Key => "It was sent already, with another text.",
    },
};
