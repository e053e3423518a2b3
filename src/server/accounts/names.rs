//! What people may be called: usernames, display names, addresses.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    error::{Error, Field, Why},
    ids::AccountId,
};

const SHORTEST_USERNAME: u32 = 2;
const LONGEST_USERNAME: u32 = 32;

/// Of a name that something may be added to.
const LONGEST_DERIVED: usize = 23;

const LONGEST_NAME: u32 = 80;

/// RFC 5321, section 4.5.3.1.3, less the angle brackets.
pub const LONGEST_EMAIL: usize = 254;

/// Names that could be taken for Salon itself, or for a part of an address of ours.
const RESERVED: [&str; 22] = [
    "admin",
    "administrator",
    "all",
    "anonymous",
    "api",
    "everyone",
    "general",
    "here",
    "help",
    "me",
    "moderator",
    "null",
    "owner",
    "root",
    "salon",
    "security",
    "settings",
    "staff",
    "support",
    "system",
    "undefined",
    "webmaster",
];

/// A username as it is stored: lower-case.
///
/// # Errors
/// `Invalid` unless it has 2 to 32 of `a-z 0-9 . _ -` and is not kept for Salon.
pub fn username(typed: &str) -> Result<String, Error> {
    let name = typed.trim().to_ascii_lowercase();
    let refuse = |why| Err(Error::invalid(Field::Username, why));
    let length = name.chars().count();
    if length == 0 {
        return refuse(Why::Missing);
    }
    if length < SHORTEST_USERNAME as usize {
        return refuse(Why::TooShort { at_least: SHORTEST_USERNAME });
    }
    if length > LONGEST_USERNAME as usize {
        return refuse(Why::TooLong { at_most: LONGEST_USERNAME });
    }
    if !name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-')) {
        return refuse(Why::Characters);
    }
    if RESERVED.contains(&name.as_str()) {
        return refuse(Why::Reserved);
    }
    Ok(name)
}

/// The one username that is made of what somebody calls themselves: that itself, if it is one.
///
/// # Errors
/// As [`username`], if nothing is left of it.
pub fn username_of(name: &str) -> Result<String, Error> {
    username(name).or_else(|error| username(&letters_of(name)).map_err(|_| error))
}

/// Usernames for somebody of whom only a name is known, the most fitting first; the last is hardly ever taken.
pub fn usernames_of(name: &str) -> Vec<String> {
    if let Ok(name) = username(name) {
        return with_more(&name, vec![name.clone()]);
    }
    let made = letters_of(name);
    let first = username(&made).ok();
    let begin = if made.is_empty() { "somebody" } else { &made };
    with_more(begin, first.into_iter().collect())
}

/// What a username may hold of a name.
fn letters_of(name: &str) -> String {
    // Letters without their accents; whatever else there is stands for a gap.
    let plain = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut made = String::new();
    for c in plain {
        match c {
            'a'..='z' | '0'..='9' => made.push(c),
            _ if made.is_empty() || made.ends_with('-') => {}
            _ => made.push('-'),
        }
    }
    let made: String = made.chars().take(LONGEST_DERIVED).collect();
    made.trim_end_matches('-').to_owned()
}

/// `first`, and `name` with numbers behind it.
fn with_more(name: &str, mut first: Vec<String>) -> Vec<String> {
    let name: String = name.chars().take(LONGEST_DERIVED).collect();
    first.extend((2..=9).map(|number| format!("{name}-{number}")));
    first.push(format!("{name}-{:08}", rand::random_range(0..100_000_000)));
    first
}

/// How somebody wants to be called.
///
/// # Errors
/// As [`one_line`] of 80 characters.
pub fn display_name(typed: &str) -> Result<String, Error> {
    one_line(Field::DisplayName, typed, LONGEST_NAME)
}

/// Free text in one line that can be seen, in NFC: what stands in `field`.
///
/// # Errors
/// `Invalid` unless it has 1 to `at_most` characters, none of them a control character or one that only turns the
/// direction of what follows, and at least one that shows.
pub fn one_line(field: Field, typed: &str, at_most: u32) -> Result<String, Error> {
    let name: String = typed.trim().nfc().collect();
    let refuse = |why| Err(Error::invalid(field, why));
    if name.chars().all(is_unseen) {
        return refuse(Why::Missing);
    }
    if name.chars().count() > at_most as usize {
        return refuse(Why::TooLong { at_most });
    }
    // The marks of Unicode's bidirectional algorithm (UAX 9) would turn around the page beside the name.
    let turns =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    if name.chars().any(|c| c.is_control() || turns(c)) {
        return refuse(Why::Characters);
    }
    Ok(name)
}

/// White space, and the characters of Unicode that take no room or show nothing (`Default_Ignorable_Code_Point`, and the
/// blanks of Hangul and Braille).
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// An address as it was typed, less the white space around it.
///
/// # Errors
/// `Invalid` unless it looks like one: a mail that arrives is the only proof.
pub fn email(typed: &str) -> Result<String, Error> {
    let address: String = typed.trim().nfc().collect();
    let refuse = |why| Err(Error::invalid(Field::Email, why));
    if address.is_empty() {
        return refuse(Why::Missing);
    }
    if address.len() > LONGEST_EMAIL {
        return refuse(Why::TooLong { at_most: 254 });
    }
    if address.chars().any(|c| c.is_control() || c.is_whitespace() || "<>()[],;:\\\"".contains(c)) {
        return refuse(Why::Characters);
    }
    let Some((local, domain)) = address.split_once('@') else { return refuse(Why::Shape) };
    let labels =
        domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    if local.is_empty() || !labels || domain.contains('@') {
        return refuse(Why::Shape);
    }
    Ok(address)
}

/// An address folded for comparison; a username folds to itself.
pub fn email_key(address: &str) -> String {
    address.nfkc().collect::<String>().to_lowercase()
}

/// What stands in the place of such a key where there is no address: nobody can type it, since white space around what is
/// typed does not count.
pub fn no_email_key(account: AccountId) -> String {
    format!(" {account}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_username_is_plain_and_lower_case() {
        assert_eq!(username(" Amina.B-7_ "), Ok("amina.b-7_".to_owned()));
        for typed in
            ["", " ", "a", "é!", "two words", "a\0b", "</textarea><script>", "salon", &"x".repeat(33)]
        {
            assert!(username(typed).is_err(), "{typed:?} was taken");
        }
    }

    #[test]
    fn of_a_name_one_username_is_made() {
        for (name, made) in [("amina", "amina"), ("AMINA", "amina"), ("Élodie Dupré", "elodie-dupre")] {
            assert_eq!(username_of(name).as_deref(), Ok(made));
        }
        for name in ["", "李", "admin", "x"] {
            assert!(username_of(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_name_of_which_nothing_shows_is_none() {
        for typed in ["", " ", "\u{200b}", "\u{2060}\u{feff}", "\u{3164}", "\u{2800}", "\u{ad}"] {
            assert_eq!(
                display_name(typed),
                Err(Error::invalid(Field::DisplayName, Why::Missing)),
                "{typed:?}"
            );
        }
        assert!(display_name("👩\u{200d}🌾").is_ok());
    }

    #[test]
    fn a_display_name_is_free_but_one_visible_line() {
        assert_eq!(display_name(" Zoe\u{308} 🎈 "), Ok("Zoë 🎈".to_owned()));
        assert_eq!(display_name("</textarea><script>"), Ok("</textarea><script>".to_owned()));
        for typed in ["", "\n", "a\nb", "a\0b", "a\u{202e}b", &"x".repeat(81)] {
            assert!(display_name(typed).is_err(), "{typed:?} was taken");
        }
    }

    #[test]
    fn an_address_has_two_parts() {
        for typed in
            ["a@b", "Amina@example.org", "a+b@sub.example.org", "é@example.org", "a@[", "x@127.0.0.1"]
        {
            assert_eq!(email(typed).is_ok(), typed != "a@[", "{typed:?}");
        }
        for typed in ["", "a", "@b", "a@", "a@b@c", "a@.b", "a@b.", "a@-b", "a b@c", "a@b\r\nBcc: d@e"] {
            assert!(email(typed).is_err(), "{typed:?} was taken");
        }
        assert!(email(&format!("{}@b.c", "x".repeat(251))).is_err());
    }

    #[test]
    fn one_mailbox_has_one_key() {
        assert_eq!(email_key("Amina@Example.ORG"), email_key("amina@example.org"));
    }
}
