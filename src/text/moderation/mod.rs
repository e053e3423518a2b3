//! The words about keeping order: deleting what others said, and slow mode.

mod en;
mod fr;

pub(super) use self::{
    en::{WORDS as ENGLISH, pace as english_pace},
    fr::{WORDS as FRENCH, pace as french_pace},
};
use super::places::Who;
use crate::conversations::about::SLOW_CHOICES;

/// The words of one language about keeping order.
pub struct ModerationWords {
    // Deleting.
    pub delete_message: &'static str,
    pub delete_question: &'static str,
    /// In place of what was said. Given who deleted it.
    pub deleted_by: fn(&Who) -> String,

    // Slow mode.
    pub slow_mode: &'static str,
    pub slow_mode_text: &'static str,
    pub between_messages: &'static str,
    /// How [`SLOW_CHOICES`] are called, in their order.
    pub slow_choices: [&'static str; SLOW_CHOICES.len()],
    /// While it is on. Given the seconds between two messages.
    pub slow_now: fn(u32) -> String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn a_pace_is_told_in_the_unit_that_people_would_say() {
        for (seconds, english, french) in [
            (1, "every second", "par seconde"),
            (30, "every 30 seconds", "toutes les 30 secondes"),
            (60, "every minute", "par minute"),
            (90, "every 90 seconds", "toutes les 90 secondes"),
            (900, "every 15 minutes", "toutes les 15 minutes"),
            (3_600, "every hour", "par heure"),
            (21_600, "every 6 hours", "toutes les 6 heures"),
        ] {
            let [in_english, in_french] = Locale::ALL.map(|it| (it.words().moderation().slow_now)(seconds));
            assert_eq!(in_english, format!("Slow mode: one message {english}."));
            assert_eq!(in_french, format!("Mode lent\u{202f}: un message {french}."));
        }
    }

    #[test]
    fn whoever_deleted_it_is_named() {
        let told = |who: &Who| Locale::ALL.map(|locale| (locale.words().moderation().deleted_by)(who));
        assert_eq!(told(&Who::You), ["Message deleted by you", "Message supprimé par vous"]);
        let named = told(&Who::Named("Amina".to_owned()));
        assert_eq!(named, ["Message deleted by Amina", "Message supprimé par Amina"]);
    }
}
