//! What the formatting keys do to a text: pure functions from a text and what is selected in it to one [`Edit`].
//!
//! Places in a text are counted in UTF-16 units, as browsers do.

pub mod code;
pub mod link;
#[cfg(test)]
mod tests;

/// A part of a text: from one place up to another, which may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: u32,
    pub to: u32,
}

/// One change: `span` gives way to `text`, and then `selected` is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
    pub selected: Span,
}

/// A mark that stands on both sides of what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Bold,
    Italic,
    Strike,
    Code,
}

impl Mark {
    const fn sign(self) -> char {
        match self {
            Self::Bold | Self::Italic => '*',
            Self::Strike => '~',
            Self::Code => '`',
        }
    }

    /// Signs on each side that this mark is made of.
    const fn width(self) -> usize {
        match self {
            Self::Bold | Self::Strike => 2,
            Self::Italic | Self::Code => 1,
        }
    }

    /// Signs on each side that belong to this mark where `signs` stand there: two of three stars are bold, the
    /// third is italic. Zero if it is not there.
    const fn found_in(self, signs: usize) -> usize {
        match self {
            Self::Italic => signs % 2,
            Self::Bold | Self::Strike if signs >= 2 => 2,
            Self::Bold | Self::Strike => 0,
            Self::Code => signs,
        }
    }
}

/// Puts the mark around what is selected, or takes it away if it is there. Several lines get it one by one, and
/// several lines of code become a block.
pub fn toggle(text: &str, selected: Span, mark: Mark) -> Edit {
    let cut = Cut::new(text, selected).without_margins();
    if mark == Mark::Code {
        return code::toggle(cut);
    }
    if cut.inside().contains('\n') { each_line(cut, mark) } else { one_line(cut, mark) }
}

fn one_line(cut: Cut, mark: Mark) -> Edit {
    let sign = mark.sign();
    let around = mark.found_in(signs(cut.before().chars().rev(), sign).min(signs(cut.after().chars(), sign)));
    if around > 0 {
        return cut.replaced([around; 2], cut.inside().to_owned(), 0, units(cut.inside()));
    }
    if let Some(bare) = bared(cut.inside(), mark) {
        return cut.replaced([0; 2], bare.to_owned(), 0, units(bare));
    }
    let text = marked(cut.inside(), mark);
    cut.replaced([0; 2], text, mark.width(), units(cut.inside()))
}

fn each_line(cut: Cut, mark: Mark) -> Edit {
    let is_marked = |line: &str| line.trim().is_empty() || bared(line.trim(), mark).is_some();
    let all_are = cut.inside().split('\n').all(is_marked);
    let changed = cut.inside().split('\n').map(|line| {
        let written = line.trim();
        match bared(written, mark) {
            Some(bare) if all_are => line.replacen(written, bare, 1),
            None if !written.is_empty() => line.replacen(written, &marked(written, mark), 1),
            _ => line.to_owned(),
        }
    });
    let text = changed.collect::<Vec<_>>().join("\n");
    let length = units(&text);
    cut.replaced([0; 2], text, 0, length)
}

fn marked(text: &str, mark: Mark) -> String {
    let signs = mark.sign().to_string().repeat(mark.width());
    format!("{signs}{text}{signs}")
}

/// `text` without the mark at its two ends; None if it is not there.
fn bared(text: &str, mark: Mark) -> Option<&str> {
    let at_ends = signs(text.chars(), mark.sign()).min(signs(text.chars().rev(), mark.sign()));
    // Nothing but signs has its first half in front and its second behind.
    let found = mark.found_in(at_ends.min(text.len() / 2));
    (found > 0).then(|| &text[found..text.len() - found])
}

/// How many of `text` are `sign`, from its beginning on. Signs are one byte and one UTF-16 unit each.
fn signs(text: impl Iterator<Item = char>, sign: char) -> usize {
    text.take_while(|c| *c == sign).count()
}

/// A text, and by bytes what is selected in it.
#[derive(Clone, Copy)]
struct Cut<'a> {
    text: &'a str,
    from: usize,
    to: usize,
}

impl<'a> Cut<'a> {
    fn new(text: &'a str, selected: Span) -> Self {
        let from = byte_at(text, selected.from);
        Self { text, from, to: byte_at(text, selected.to).max(from) }
    }

    fn before(self) -> &'a str {
        &self.text[..self.from]
    }

    fn inside(self) -> &'a str {
        &self.text[self.from..self.to]
    }

    fn after(self) -> &'a str {
        &self.text[self.to..]
    }

    /// White space at the edges stays out: marks that touch it are none.
    fn without_margins(self) -> Self {
        let inside = self.inside();
        let front = inside.len() - inside.trim_start().len();
        let back = inside.len() - inside.trim_end().len();
        if front == inside.len() {
            self
        } else {
            Self { from: self.from + front, to: self.to - back, ..self }
        }
    }

    /// What is selected, and `before` and `after` units around it, give way to `text`. Of that, `length` units
    /// from `start` on are selected afterwards.
    fn replaced(self, [before, after]: [usize; 2], text: String, start: usize, length: usize) -> Edit {
        let from = units(self.before()) - before;
        let to = from + before + units(self.inside()) + after;
        let selected = span(from + start, from + start + length);
        Edit { span: span(from, to), text, selected }
    }
}

/// A text area holds far fewer than 2^32 units.
fn span(from: usize, to: usize) -> Span {
    let place = |units| u32::try_from(units).unwrap_or(u32::MAX);
    Span { from: place(from), to: place(to) }
}

/// Where the UTF-16 unit number `place` begins in `text`; in the middle of a character, where that ends.
pub fn byte_at(text: &str, place: u32) -> usize {
    let mut seen = 0;
    for (byte, c) in text.char_indices() {
        if seen >= place as usize {
            return byte;
        }
        seen += c.len_utf16();
    }
    text.len()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
