//! The words about passing on what was said.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about passing on.
pub struct ForwardingWords {
    pub forward: &'static str,
    /// The title of the page that does it.
    pub forward_message: &'static str,
    /// What those will see to whom it goes.
    pub explained: &'static str,
    /// Above the conversations that one may choose.
    pub where_to: &'static str,
    /// In place of them.
    pub nowhere: &'static str,
    /// Above what was passed on.
    pub forwarded: &'static str,
}
