//! The words about what is to come: reminders, and messages to be sent at a time.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

use crate::later::{moment::Wait, scheduled::Hindrance};

/// The words of one language about what one wants later.
pub struct LaterWords {
    // When.
    pub when: &'static str,
    pub in_a_while: fn(Wait) -> &'static str,
    /// Given the day, short, and the hour.
    pub tomorrow_at: fn(&str, u32) -> String,
    /// Given the day, short, and the hour.
    pub monday_at: fn(&str, u32) -> String,
    pub at_another_time: &'static str,
    pub day_and_time: &'static str,
    pub day_and_time_utc: &'static str,
    /// Given what the clock of UTC shows.
    pub utc_hint: fn(&str) -> String,

    // Reminders.
    pub remind_me: &'static str,
    pub remind_of_message: &'static str,
    pub note: &'static str,
    pub note_hint: &'static str,
    pub set_reminder: &'static str,
    /// Given when.
    pub is_waiting: fn(&str) -> String,
    pub reminders: &'static str,
    pub reminders_text: &'static str,
    pub no_reminders: &'static str,
    pub forget: &'static str,
    pub change: &'static str,

    // Sending later.
    pub send_later: &'static str,
    pub schedule: &'static str,
    pub scheduled_messages: &'static str,
    pub scheduled_text: &'static str,
    pub nothing_scheduled: &'static str,
    pub send_now: &'static str,
    pub revise: &'static str,
    pub remove_scheduled: &'static str,
    pub remove_question: &'static str,
    /// In place of the name of a conversation.
    pub place_gone: &'static str,
    /// Why it was not sent, in a sentence.
    pub hindered: fn(Hindrance) -> &'static str,
}

#[cfg(test)]
mod tests {
    use crate::{
        error::{Error, Field, Why},
        later::moment::Wait,
        text::Locale,
    };

    #[test]
    fn every_refusal_of_a_time_is_told_in_its_own_words() {
        let reasons = [
            (Field::Moment, Why::Missing),
            (Field::Moment, Why::Shape),
            (Field::Moment, Why::Past),
            (Field::Moment, Why::TooFar),
            (Field::Reminders, Why::TooLong { at_most: 100 }),
            (Field::Scheduled, Why::TooLong { at_most: 100 }),
            (Field::Note, Why::TooLong { at_most: 200 }),
            (Field::Note, Why::Characters),
        ];
        for locale in Locale::ALL {
            let words = locale.words();
            let told: Vec<String> =
                reasons.map(|(field, why)| words.sentence(&Error::invalid(field, why))).into();
            for (place, sentence) in told.iter().enumerate() {
                assert!(
                    sentence.ends_with('.')
                        && sentence.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                );
                assert!(!told[..place].contains(sentence), "{sentence}");
            }
        }
        for error in reasons.map(|(field, why)| Error::invalid(field, why)) {
            let [one, other] = Locale::ALL.map(|locale| locale.words().sentence(&error));
            assert_ne!(one, other);
        }
    }

    #[test]
    fn times_are_written_as_people_say_them() {
        let [english, french] = [Locale::En, Locale::Fr].map(|locale| locale.words().later());
        assert_eq!((english.tomorrow_at)("23 Nov", 9), "Tomorrow at 9:00 (23 Nov)");
        assert_eq!((french.tomorrow_at)("1er nov.", 9), "Demain à 9\u{202f}h (1er nov.)");
        assert_eq!(Wait::ALL.map(english.in_a_while), ["In 20 minutes", "In 1 hour", "In 3 hours"]);
        assert_eq!(Wait::ALL.map(french.in_a_while), ["Dans 20 minutes", "Dans 1 heure", "Dans 3 heures"]);
    }
}
