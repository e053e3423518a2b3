//! The words about what others did that concerns one.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

use crate::activity::Deed;

/// The words of one language about the page of what concerns one.
pub struct ActivityWords {
    pub activity: &'static str,
    /// Given how much is new; the most that is counted stands for as much or more.
    pub new: fn(u32) -> String,
    /// Of one line.
    pub is_new: &'static str,
    /// Given how the person is called, what they did, and how the place is called where they did it, or nothing.
    pub told: fn(&str, &Deed, &str) -> String,
    pub nothing_title: &'static str,
    pub nothing: &'static str,
    pub older: &'static str,
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, FRENCH};
    use crate::activity::{Deed, Quoted};

    #[test]
    fn what_somebody_did_is_one_sentence() {
        let quoted = || Quoted { message: 7.try_into().expect("an id"), text: "Tea".to_owned() };
        let told = |deed: &Deed| [ENGLISH.told, FRENCH.told].map(|told| told("Bruno", deed, "Garden"));
        assert_eq!(
            told(&Deed::Reacted { emoji: "🎉".to_owned(), to: quoted() }),
            ["Bruno reacted 🎉 to what you said", "Bruno a réagi 🎉 à votre message"]
        );
        assert_eq!(told(&Deed::Answered(quoted())), ["Bruno answered you", "Bruno vous a répondu"]);
        assert_eq!(told(&Deed::Added), ["Bruno added you to Garden", "Bruno vous a fait entrer dans Garden"]);
    }
}
