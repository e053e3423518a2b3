//! Letters as people look for them: without case, accents and the marks that vowels carry.
//!
//! A small table for the Latin and Greek letters that carry accents, and no more: whole tables of Unicode would weigh
//! more than the rest of the switcher. Letters of other scripts stay what they are.

/// Plain letters, and those that are looked for by them.
const ALIKE: [(&str, &str); 36] = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặªɑ"),
    ("ae", "æǣǽ"),
    ("b", "ɓ"),
    ("c", "çćĉċčƈ"),
    ("d", "ďđɖɗḍḏ"),
    ("e", "èéêëēĕėęěȅȇȩẹẻẽếềểễệ"),
    ("f", "ƒ"),
    ("g", "ĝğġģǥǧǵ"),
    ("h", "ĥħḥḫ"),
    ("i", "ìíîïĩīĭįıǐȉȋỉị"),
    ("ij", "ĳ"),
    ("j", "ĵǰ"),
    ("k", "ķĸƙǩ"),
    ("l", "ĺļľŀłḷ"),
    ("n", "ñńņňŉŋǹ"),
    ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱọỏốồổỗộớờởỡợº"),
    ("oe", "œ"),
    ("r", "ŕŗřȑȓ"),
    ("s", "śŝşšșſṣ"),
    ("ss", "ß"),
    ("t", "ţťŧțṭ"),
    ("th", "þð"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự"),
    ("w", "ŵẁẃẅ"),
    ("y", "ýÿŷȳẏỳỵỷỹ"),
    ("z", "źżžƶẓ"),
    ("α", "ά"),
    ("ε", "έ"),
    ("η", "ή"),
    ("ι", "ίϊΐ"),
    ("ο", "ό"),
    ("υ", "ύϋΰ"),
    ("ω", "ώ"),
    ("σ", "ς"),
    ("е", "ё"),
    ("\'", "\u{2019}\u{2bc}"),
];

/// `text` as it is compared.
pub fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' | ' ' => plain.push(letter),
            // Accents that stand by themselves, and the vowels that Arabic and Hebrew write above and below.
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' => {}
            // Marks that cannot be seen.
            '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            _ => match ALIKE.iter().find(|(_, alike)| alike.contains(letter)) {
                Some((letters, _)) => plain.push_str(letters),
                None => plain.push(letter),
            },
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_make_no_difference() {
        for (text, plain) in [
            ("Léna GARNIER", "lena garnier"),
            ("Le\u{301}na", "lena"),
            ("Straße", "strasse"),
            ("Œuvre", "oeuvre"),
            ("Łódź", "lodz"),
            ("Nguyễn", "nguyen"),
            ("İstanbul", "istanbul"),
            ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
            ("Ёлка", "елка"),
            ("نُور", "نور"),
            ("張偉 🎈", "張偉 🎈"),
        ] {
            assert_eq!(folded(text), plain, "{text:?}");
        }
    }

    #[test]
    fn no_letter_stands_twice_in_the_table() {
        let all: Vec<char> = ALIKE.iter().flat_map(|(_, alike)| alike.chars()).collect();
        for (at, letter) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(letter), "{letter}");
            assert!(letter.to_lowercase().eq([*letter]), "{letter} is never met: it has a small form");
        }
    }
}
