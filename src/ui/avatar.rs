//! A face for somebody without a picture: initials on a colour of their own.

use leptos::prelude::*;

/// The colours in style/avatar.css, `avatar--0` to `avatar--11`.
const COLOURS: u64 = 12;

/// Initials of `name` on the colour that belongs to `number`, which never changes for a person.
/// Says nothing to a screen reader: the name stands beside it.
#[component]
pub fn Avatar(#[prop(into)] name: String, number: i64) -> impl IntoView {
    let class = format!("avatar avatar--{}", colour(number));

    view! { <span class=class aria-hidden="true">{initials(&name)}</span> }
}

/// Spreads numbers that were made one after the other: they differ in few bits (Fibonacci hashing).
const fn colour(number: i64) -> u64 {
    (number.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) % COLOURS
}

/// The first letters of the first and the last word, upper-case; of a name without letters, its first sign.
pub fn initials(name: &str) -> String {
    let mut words =
        name.split(|c: char| c.is_whitespace() || matches!(c, '.' | '_' | '-')).filter_map(first_letter);

    let letters = match (words.next(), words.next_back()) {
        (Some(first), Some(last)) => vec![first, last],
        (Some(only), None) => vec![only],
        (None, _) => name.chars().find(|c| !c.is_whitespace()).into_iter().collect(),
    };
    letters.into_iter().flat_map(char::to_uppercase).collect()
}

fn first_letter(word: &str) -> Option<char> {
    word.chars().find(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn a_name_is_shortened_to_its_first_and_last_initial() {
        for (name, letters) in [
            ("Amina Diallo", "AD"),
            ("jean-luc de la tour", "JT"),
            ("bruno", "B"),
            ("chloé.martin", "CM"),
            ("  émile   zola ", "ÉZ"),
            ("(Driss) 2nd", "D2"),
            ("張偉", "張"),
            ("🎈", "🎈"),
            ("", ""),
        ] {
            assert_eq!(initials(name), letters, "{name:?}");
        }
    }
}
