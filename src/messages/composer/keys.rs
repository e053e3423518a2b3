//! What a press of a key asks of the box to write in.

use crate::{browser::keyboard::Press, messages::formatting::Mark};

/// Something that the box does itself. All other keys are the browser's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Send,
    Mark(Mark),
    Link,
    /// To stop editing; nothing else.
    Cancel,
    /// To edit what was said last, from an empty box only.
    EditLast,
}

/// What `press` asks for, where Enter alone sends or begins a line, and shortcuts are made with ⌘ or Ctrl.
pub fn wish(press: &Press, enter_sends: bool, has_command_key: bool) -> Option<Wish> {
    if press.composing || press.alt {
        return None;
    }
    if press.key == "Enter" {
        let with_command = press.control || press.meta;
        return (!press.shift && (enter_sends || with_command)).then_some(Wish::Send);
    }

    if !(press.shift || press.control || press.meta) {
        match press.key.as_str() {
            "Escape" => return Some(Wish::Cancel),
            "ArrowUp" => return Some(Wish::EditLast),
            _ => {}
        }
    }

    let (command, other) =
        if has_command_key { (press.meta, press.control) } else { (press.control, press.meta) };
    if !command || other {
        return None;
    }
    match (press.key.as_str(), press.shift) {
        ("b", false) => Some(Wish::Mark(Mark::Bold)),
        ("i", false) => Some(Wish::Mark(Mark::Italic)),
        ("x", true) => Some(Wish::Mark(Mark::Strike)),
        ("e", false) | ("c", true) => Some(Wish::Mark(Mark::Code)),
        ("l", true) => Some(Wish::Link),
        _ => None,
    }
}

/// Whether the next paste is to be without any form.
pub fn pastes_plainly(press: &Press) -> bool {
    press.key == "v" && press.shift && (press.control || press.meta)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press {
        Press { key: key.to_owned(), ..Press::default() }
    }

    #[test]
    fn enter_sends_where_it_should_and_with_ctrl_everywhere() {
        let enter = press("Enter");
        assert_eq!(wish(&enter, true, false), Some(Wish::Send));
        assert_eq!(wish(&enter, false, false), None);
        for with in [Press { control: true, ..enter.clone() }, Press { meta: true, ..enter.clone() }] {
            assert_eq!(wish(&with, false, false), Some(Wish::Send));
            assert_eq!(wish(&with, true, true), Some(Wish::Send));
        }
        assert_eq!(wish(&Press { shift: true, ..enter.clone() }, true, false), None);
        assert_eq!(wish(&Press { alt: true, ..enter }, true, false), None);
    }

    #[test]
    fn what_an_input_method_takes_asks_for_nothing() {
        let enter = Press { composing: true, ..press("Enter") };
        assert_eq!(wish(&enter, true, false), None);
        assert_eq!(wish(&Press { control: true, ..enter }, true, false), None);
    }

    #[test]
    fn bare_keys_edit_what_was_said_last_and_end_it() {
        assert_eq!(wish(&press("ArrowUp"), true, false), Some(Wish::EditLast));
        assert_eq!(wish(&press("Escape"), true, false), Some(Wish::Cancel));
        assert_eq!(wish(&Press { shift: true, ..press("ArrowUp") }, true, false), None);
        assert_eq!(wish(&Press { composing: true, ..press("Escape") }, true, false), None);
    }

    #[test]
    fn shortcuts_are_made_with_the_key_of_the_place() {
        let control = Press { control: true, ..press("b") };
        let command = Press { meta: true, ..press("b") };
        assert_eq!(wish(&control, true, false), Some(Wish::Mark(Mark::Bold)));
        assert_eq!(wish(&control, true, true), None);
        assert_eq!(wish(&command, true, true), Some(Wish::Mark(Mark::Bold)));
        assert_eq!(wish(&command, true, false), None);
        // AltGr is Ctrl and Alt.
        assert_eq!(wish(&Press { alt: true, ..control }, true, false), None);
    }

    #[test]
    fn tab_and_letters_stay_with_the_browser() {
        for key in ["Tab", "b", "a", "ArrowDown", "Home"] {
            assert_eq!(wish(&press(key), true, false), None, "{key}");
        }
        for key in ["c", "v", "x", "z", "a", "l"] {
            let pressed = Press { control: true, ..press(key) };
            assert_eq!(wish(&pressed, true, false), None, "{key}");
        }
    }
}
