//! Text files, as messages: the name, and the text between fences. On Salon's own pages they read as what they are.

use super::super::{fields::Upload, refusal::Refusal};

/// What the document lets through.
const ALLOWED: [&str; 6] = ["txt", "pdf", "png", "jpg", "jpeg", "gif"];

/// The one that is a text.
const TEXT: &str = "txt";

/// Characters of a name.
const LONGEST_NAME: usize = 100;

/// A text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    pub name: String,
    pub text: String,
}

fn ending(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

/// Whether a name can stand in a message and in a header, and says nothing of folders.
fn is_plain(name: &str) -> bool {
    let odd = |c: char| c.is_control() || "/\\\"`".contains(c);
    !name.starts_with('.')
        && name.trim() == name
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(odd)
}

impl TextFile {
    /// Takes what was sent.
    ///
    /// # Errors
    /// 400 for a kind of file that the document does not let through, for one that is no text, and for an odd name.
    pub fn taken(upload: Upload) -> Result<Self, Refusal> {
        let refuse = |why| Err(Refusal::shape(why).bad_request());
        let Upload { name, text } = upload;
        match ending(&name) {
            Some(ending) if ending == TEXT => {}
            Some(ending) if ALLOWED.contains(&ending.as_str()) => {
                return refuse("Files other than texts cannot be sent yet.");
            }
            _ => return refuse("This kind of file cannot be sent."),
        }
        if !is_plain(&name) {
            return refuse("This name cannot be taken.");
        }
        match text {
            // Other line ends would not come back as they were.
            Some(text) => Ok(Self { name, text: text.replace("\r\n", "\n") }),
            None => refuse("This is no text in UTF-8."),
        }
    }

    /// As it stands in a message.
    pub fn body(&self) -> String {
        let Self { name, text } = self;
        let fence = "`".repeat(longest_run(text).max(2) + 1);
        format!("{name}\n{fence}\n{text}\n{fence}")
    }

    /// The file that a message is; none if it is another one.
    pub fn of(body: &str) -> Option<Self> {
        let (name, rest) = body.split_once('\n')?;
        let (fence, rest) = rest.split_once('\n')?;
        let is_fence = fence.len() >= 3 && fence.chars().all(|c| c == '`');
        let text = rest.strip_suffix(fence)?;
        let text = if text.is_empty() { text } else { text.strip_suffix('\n')? };
        let is_file = is_fence && is_plain(name) && ending(name).as_deref() == Some(TEXT);
        (is_file && longest_run(text) < fence.len())
            .then(|| Self { name: name.to_owned(), text: text.to_owned() })
    }
}

/// Of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(name: &str, text: Option<&str>) -> Result<TextFile, Refusal> {
        TextFile::taken(Upload { name: name.to_owned(), text: text.map(str::to_owned) })
    }

    proptest! {
        #[test]
        fn a_file_comes_back_as_it_was(text in "[a-z`\n é-]{0,60}") {
            let file = taken("notes.txt", Some(&text)).expect("a text");
            prop_assert_eq!(TextFile::of(&file.body()), Some(file));
        }
    }

    #[test]
    fn only_texts_with_a_plain_name_are_taken() {
        for name in ["notes.txt", "Mes notes.TXT", "a.b.txt", "été.txt"] {
            assert!(taken(name, Some("x")).is_ok(), "{name}");
        }
        for name in
            ["x.exe", "x", "", ".txt", "x.png", "../x.txt", "a\\x.txt", "a\".txt", "a\n.txt", " x.txt"]
        {
            assert!(taken(name, Some("x")).is_err(), "{name}");
        }
        assert!(taken("x.txt", None).is_err());
        assert!(taken(&format!("{}.txt", "a".repeat(100)), Some("x")).is_err());
    }

    #[test]
    fn what_somebody_wrote_is_no_file() {
        for body in [
            "Hello",
            "notes.txt",
            "notes.txt\nHello",
            "notes.txt\n``\nx\n``",
            "notes.txt\n```\nx",
            "a.exe\n```\nx\n```",
        ] {
            assert_eq!(TextFile::of(body), None, "{body}");
        }
    }
}
