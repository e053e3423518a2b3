//! The words: every sentence in every language, and what people write, from Markdown to views.

pub mod accounts;
pub mod action;
pub mod commands;
mod counts;
mod direction;
mod en;
pub mod finding;
pub mod friendship;
mod fr;
pub mod markdown;
pub mod colours;
pub mod mentions;
pub mod activity;
pub mod moderation;
pub mod places;
pub mod presence;
pub mod receipts;
pub mod replies;
pub mod forwarding;
pub mod catching_up;
pub mod keeping;
pub mod later;
pub mod polls;
pub mod staff;
pub mod talk;
pub mod tokens;
pub mod bots;
pub mod phones;
pub mod requests;
mod threads;
pub mod changes;
pub mod view;
mod words;

use serde::{Deserialize, Serialize};

pub use words::Words;

/// A language that Salon speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    #[default]
    En,
    Fr,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The BCP 47 tag, as stored, sent, and written into `<html lang>`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// The first language of an `Accept-Language` header that we speak, by its order of preference
    /// (RFC 9110, section 12.5.4), else English.
    pub fn negotiate(accepted: &str) -> Self {
        let mut wanted: Vec<(f32, Self)> = accepted.split(',').take(20).filter_map(Self::offer).collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map_or(Self::En, |(_, locale)| *locale)
    }

    fn offer(range: &str) -> Option<(f32, Self)> {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let language = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let weight: f32 = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok())?;
        let locale = Self::from_code(&language)?;
        (weight > 0.0).then_some((weight, locale))
    }

    /// The words of this language.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::En => &en::WORDS,
            Self::Fr => &fr::WORDS,
        }
    }
}

/// The words of the language of this page.
pub fn use_words() -> &'static Words {
    crate::visit::use_visit().locale.words()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_language_that_we_speak_is_chosen() {
        for (accepted, locale) in [
            ("", Locale::En),
            ("fr", Locale::Fr),
            ("fr-CA,fr;q=0.9,en;q=0.8", Locale::Fr),
            ("de,en;q=0.5,fr;q=0.7", Locale::Fr),
            ("en;q=0.9,fr", Locale::Fr),
            ("fr;q=0", Locale::En),
            ("*, ,;;q=x", Locale::En),
        ] {
            assert_eq!(Locale::negotiate(accepted), locale, "{accepted:?}");
        }
    }
}
