//! Those who look after a Salon, in English.

use super::StaffWords;
use crate::text::en::full_month;

pub(in crate::text) const WORDS: StaffWords = StaffWords {
    title: "Staff",

    tell_everyone: "Tell everyone",
    announcement: "Announcement",
    announcement_hint: "Everyone who is here now sees it at once, whatever they are doing. Nobody reads it later.",
    announce: "Announce",
    announced: "Everyone who is here has been told.",
    announcement_of: |name| format!("{name} tells everyone:"),

    accounts: "Accounts",
    is_staff: "Staff",
    is_premium: "Premium",
    has_premium: "You have the premium pass.",
    since: |date| format!("here since {} {} {}", date.day, full_month(date), date.year),
    make_staff: "Make staff",
    take_staff: "Make member",
    give_premium: "Give premium",
    take_premium: "Take premium",

    claim_title: "Look after this Salon",
    claim_explained: "As long as nobody looks after this Salon, the server prints a token whenever it starts. \
                      Whoever has it becomes staff.",
    token: "Token",
    token_hint: "As the server has printed it.",
    claim: "Become staff",
    claimed: "You look after this Salon now.",
};
