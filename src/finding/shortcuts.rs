//! Keys that lead from place to place, wherever the keyboard is.

use crate::browser::keyboard::Press;

/// Somewhere to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Asks where.
    Find,
    /// To the next line of the list, or to the one before; only to what is unread, or to any.
    Step { down: bool, unread: bool },
}

/// What `press` asks for, where shortcuts are made with ⌘ or Ctrl.
pub fn shortcut(press: &Press, has_command_key: bool) -> Option<Shortcut> {
    if press.composing {
        return None;
    }
    let (command, other) =
        if has_command_key { (press.meta, press.control) } else { (press.control, press.meta) };
    match press.key.as_str() {
        "k" if command && !other && !press.alt && !press.shift => Some(Shortcut::Find),
        "ArrowDown" | "ArrowUp" if press.alt && !command && !other => {
            Some(Shortcut::Step { down: press.key == "ArrowDown", unread: press.shift })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::composer::keys;

    fn press(key: &str) -> Press {
        Press { key: key.to_owned(), ..Press::default() }
    }

    #[test]
    fn finding_is_asked_for_with_the_key_of_the_machine() {
        let (control, command) = (Press { control: true, ..press("k") }, Press { meta: true, ..press("k") });
        assert_eq!(shortcut(&control, false), Some(Shortcut::Find));
        assert_eq!(shortcut(&command, true), Some(Shortcut::Find));
        // There, Control and K delete to the end of a line.
        assert_eq!(shortcut(&control, true), None);
        for other in [
            press("k"),
            Press { shift: true, ..control.clone() },
            Press { alt: true, ..control.clone() },
            Press { composing: true, ..control.clone() },
        ] {
            assert_eq!(shortcut(&other, false), None, "{other:?}");
        }
    }

    #[test]
    fn the_arrows_go_through_the_list() {
        let down = Press { alt: true, ..press("ArrowDown") };
        assert_eq!(shortcut(&down, false), Some(Shortcut::Step { down: true, unread: false }));
        let up = Press { alt: true, shift: true, ..press("ArrowUp") };
        assert_eq!(shortcut(&up, true), Some(Shortcut::Step { down: false, unread: true }));
        assert_eq!(shortcut(&press("ArrowUp"), false), None);
        assert_eq!(shortcut(&Press { control: true, ..down }, false), None);
    }

    #[test]
    fn no_key_of_the_box_to_write_in_is_taken() {
        for key in ["k", "ArrowDown", "ArrowUp"] {
            for (alt, control) in [(true, false), (false, true)] {
                for shift in [false, true] {
                    let press = Press { alt, control, shift, ..press(key) };
                    assert_eq!(keys::wish(&press, true, false), None, "{press:?}");
                }
            }
        }
    }
}
