//! What somebody does rather than says: a text that begins with `/me`. Pure, and the same on both sides.

use super::markdown;

/// What such a text begins with; in capitals too, which keyboards on screens begin with.
const SIGN: &str = "/me";

/// What its author does in `body`, if that is what it tells: what stands behind `/me` and white space.
pub fn of(body: &str) -> Option<&str> {
    let (begun, rest) = body.split_at_checked(SIGN.len())?;
    let is_action = begun.eq_ignore_ascii_case(SIGN) && rest.starts_with(char::is_whitespace);
    is_action.then(|| rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// The beginning of a text, for previews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// In one line and without marks; without `/me`, for its author stands in front of it.
    pub text: String,
    /// Whether it is something that was done.
    pub is_action: bool,
}

/// How `body` begins: `at_most` characters of it, as [`markdown::plain`] counts them.
pub fn beginning(body: &str, at_most: usize) -> Beginning {
    let action = of(body);
    Beginning { text: markdown::plain(action.unwrap_or(body), at_most), is_action: action.is_some() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_behind_the_sign_is_done() {
        for (body, what) in
            [("/me waves", "waves"), ("/ME  **waves**\nback", "**waves**\nback"), ("/me\nleaves", "leaves")]
        {
            assert_eq!(of(body), Some(what), "{body:?}");
        }
        for body in
            ["", "/", "/me", "/me ", "/mean it", "\\/me waves", "//me waves", "say /me waves", "/mé", "💬 a"]
        {
            assert_eq!(of(body), None, "{body:?}");
        }
    }

    #[test]
    fn a_preview_tells_both_apart() {
        let begun = |text: &str, is_action| Beginning { text: text.to_owned(), is_action };
        assert_eq!(beginning("/me **waves** back", 40), begun("waves back", true));
        assert_eq!(beginning("/me waves back", 6), begun("waves…", true));
        assert_eq!(beginning("\\/me waves", 40), begun("/me waves", false));
    }
}
