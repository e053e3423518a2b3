//! The words about who is writing and who has read.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about what people let each other know of their writing and reading.
pub struct ReceiptWords {
    /// Given how those who are writing are called, of whom there is at least one.
    pub typing: fn(&[String]) -> String,

    // What has become of what one said.
    pub delivered: &'static str,
    pub read: &'static str,
    /// Given how many have read it.
    pub read_by: fn(u32) -> String,
    /// Where they are not counted.
    pub who_read: &'static str,
    /// Above those who have read it.
    pub readers: &'static str,
    pub nobody_read: &'static str,

    // Choosing whether one tells, and is told.
    pub receipts: &'static str,
    pub receipts_hint: &'static str,
    pub on: &'static str,
    pub off: &'static str,
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, FRENCH};

    fn names(count: usize) -> Vec<String> {
        ["Amina", "Bruno", "Chloé", "Driss"].iter().take(count).map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn few_who_write_are_named_and_many_are_counted() {
        let said = |typing: fn(&[String]) -> String| [1, 2, 3, 4].map(|count| typing(&names(count)));
        assert_eq!(
            said(ENGLISH.typing),
            [
                "Amina is typing",
                "Amina and Bruno are typing",
                "Amina, Bruno and 1 other are typing",
                "Amina, Bruno and 2 others are typing",
            ]
        );
        assert_eq!(
            said(FRENCH.typing),
            [
                "Amina écrit",
                "Amina et Bruno écrivent",
                "Amina, Bruno et 1 autre personne écrivent",
                "Amina, Bruno et 2 autres personnes écrivent",
            ]
        );
    }
}
