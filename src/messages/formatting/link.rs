//! Links: `[what is read](where it leads)`.

use super::{Cut, Edit, Span, units};

/// Makes what is selected a link and waits for its address; of a link, takes the address away.
pub fn toggle(text: &str, selected: Span) -> Edit {
    let cut = Cut::new(text, selected).without_margins();
    if let Some(edit) = without_address(cut) {
        return edit;
    }

    let inside = cut.inside();
    if is_address(inside) {
        let text = format!("[]({})", bracketed(inside));
        return cut.replaced([0; 2], text, 1, 0);
    }
    let text = format!("[{}]()", escaped(inside));
    // Without a word to read, that comes first; else its address.
    let place = if inside.is_empty() { 1 } else { units(&text) - 1 };
    cut.replaced([0; 2], text, place, 0)
}

/// Makes what is selected a link to what was `pasted`. None where that is not an address and nothing else, or
/// where a link makes no sense: then it is pasted as it is.
pub fn pasted(text: &str, selected: Span, pasted: &str) -> Option<Edit> {
    let cut = Cut::new(text, selected).without_margins();
    let (inside, address) = (cut.inside(), pasted.trim());
    if inside.trim().is_empty() || inside.contains('\n') || is_address(inside) || !is_address(address) {
        return None;
    }

    let text = format!("[{}]({})", escaped(inside), bracketed(address));
    let end = units(&text);
    Some(cut.replaced([0; 2], text, end, 0))
}

fn without_address(cut: Cut) -> Option<Edit> {
    if let Some((label, _)) =
        cut.inside().strip_prefix('[').and_then(|rest| rest.strip_suffix(')')?.split_once("]("))
    {
        let text = plain(label);
        let length = units(&text);
        return Some(cut.replaced([0; 2], text, 0, length));
    }

    let address = cut.after().strip_prefix("](")?.split_once(')')?.0;
    if address.contains(char::is_whitespace) || !cut.before().ends_with('[') {
        return None;
    }
    let text = plain(cut.inside());
    let length = units(&text);
    Some(cut.replaced([1, units(address) + 3], text, 0, length))
}

/// Whether `text` is an address of the web, and nothing besides.
fn is_address(text: &str) -> bool {
    let beyond = |scheme: &str| {
        let begins = text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        begins && text.len() > scheme.len()
    };
    (beyond("https://") || beyond("http://")) && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// In a label brackets would end it.
fn escaped(label: &str) -> String {
    label.replace('[', "\\[").replace(']', "\\]")
}

fn plain(label: &str) -> String {
    label.replace("\\[", "[").replace("\\]", "]")
}

/// In an address a bracket that is not closed would end it; so would an angle.
fn bracketed(address: &str) -> String {
    let address = address.replace('<', "%3C").replace('>', "%3E");
    let is_balanced = address.matches('(').count() == address.matches(')').count();
    if is_balanced { address } else { address.replace('(', "%28").replace(')', "%29") }
}
