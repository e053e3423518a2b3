//! Code: in its line between backticks, and over several lines as a block between fences.

use super::{Cut, Edit, Mark, units};

/// The shortest fence.
const FENCE: usize = 3;

/// Makes what is selected code, or plain text again.
pub(super) fn toggle(cut: Cut) -> Edit {
    if let Some(edit) = without_fences(cut) {
        return edit;
    }
    if cut.inside().contains('\n') {
        return fenced(cut);
    }
    let stands_between = cut.before().ends_with('`') && cut.after().starts_with('`');
    if cut.inside().contains('`') && !stands_between && super::bared(cut.inside(), Mark::Code).is_none() {
        return quoted(cut);
    }
    super::one_line(cut, Mark::Code)
}

/// Code with backticks in it stands between more of them, and does not touch them.
fn quoted(cut: Cut) -> Edit {
    let code = cut.inside();
    let ticks = "`".repeat(longest_run(code) + 1);
    let room = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    let text = format!("{ticks}{room}{code}{room}{ticks}");
    cut.replaced([0; 2], text, ticks.len() + room.len(), units(code))
}

fn fenced(cut: Cut) -> Edit {
    let code = cut.inside();
    let fence = "`".repeat(FENCE.max(longest_run(code) + 1));
    let lead = if cut.before().is_empty() || cut.before().ends_with('\n') { "" } else { "\n" };
    let tail = if cut.after().is_empty() || cut.after().starts_with('\n') { "" } else { "\n" };
    let text = format!("{lead}{fence}\n{code}\n{fence}{tail}");
    cut.replaced([0; 2], text, lead.len() + fence.len() + 1, units(code))
}

/// The block that is selected, or that the selection fills, as plain text.
fn without_fences(cut: Cut) -> Option<Edit> {
    if let Some(code) = inside_fences(cut.inside()) {
        return Some(cut.replaced([0; 2], code.to_owned(), 0, units(code)));
    }

    let front = cut.before().strip_suffix('\n')?.rsplit('\n').next().filter(|line| is_fence(line))?;
    let back = cut.after().strip_prefix('\n')?.split('\n').next().filter(|line| is_fence(line))?;
    let code = cut.inside();
    Some(cut.replaced([front.len() + 1, back.len() + 1], code.to_owned(), 0, units(code)))
}

fn inside_fences(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once('\n')?;
    let (code, last) = rest.rsplit_once('\n')?;
    (first.starts_with("```") && is_fence(last)).then_some(code)
}

fn is_fence(line: &str) -> bool {
    line.len() >= FENCE && line.bytes().all(|byte| byte == b'`')
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
