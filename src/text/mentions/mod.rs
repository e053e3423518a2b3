//! The words about turning to somebody.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about mentions.
pub struct MentionWords {
    /// Given how many unread messages name the viewer; the most that are counted stands for as many or more.
    pub unread: fn(u32) -> String,
    /// Of a message, for those who listen.
    pub names_you: &'static str,

    // While one writes.
    pub suggestions: &'static str,
    /// Given how many there are.
    pub suggested: fn(u32) -> String,
    /// Of somebody.
    pub not_here: &'static str,
    /// Given how many others they are.
    pub everyone: fn(u32) -> String,
    /// Given the names of those who are not there, of whom there is at least one.
    pub absent: fn(&[String]) -> String,
    /// Where one may not turn to everyone, and has.
    pub all_in_vain: &'static str,
    /// Given how many others a text turns to.
    pub reaches: fn(u32) -> String,
    pub send_to_all: &'static str,
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, FRENCH};

    #[test]
    fn few_who_are_not_there_are_named_and_many_are_counted() {
        let names: Vec<String> = ["amina", "bruno", "chloe", "driss"].map(str::to_owned).to_vec();
        let said = |absent: fn(&[String]) -> String| [1, 2, 4].map(|count| absent(&names[..count]));
        assert_eq!(
            said(ENGLISH.absent),
            [
                "@amina is not in this conversation and will not be told.",
                "@amina and @bruno are not in this conversation and will not be told.",
                "@amina, @bruno and 2 others are not in this conversation and will not be told.",
            ]
        );
        assert_eq!(
            said(FRENCH.absent),
            [
                "@amina n’est pas dans cette conversation et n’en saura rien.",
                "@amina et @bruno ne sont pas dans cette conversation et n’en sauront rien.",
                "@amina, @bruno et 2 autres personnes ne sont pas dans cette conversation et n’en sauront rien.",
            ]
        );
    }
}
