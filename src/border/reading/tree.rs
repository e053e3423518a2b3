//! What a JSON text says (RFC 8259). Numbers are whole: nothing that Salon tells its browsers has a fraction.

use std::borrow::Cow;

use super::Unreadable;

/// How many lists and objects may stand in each other. What the server writes needs a handful.
const DEEPEST: usize = 64;

/// A value, with texts that stand in the JSON as they are borrowed from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree<'text> {
    /// `null`.
    Nothing,
    /// `true` or `false`.
    Is(bool),
    /// A whole number.
    Whole(i64),
    /// A string.
    Text(Cow<'text, str>),
    /// An array.
    Items(Vec<Self>),
    /// An object, in the order in which it was written.
    Fields(Vec<(Cow<'text, str>, Self)>),
}

impl<'text> Tree<'text> {
    /// What `text` says.
    ///
    /// # Errors
    /// If it is no JSON, or has numbers that are not whole or not those of an `i64`.
    pub fn of(text: &'text str) -> Result<Self, Unreadable> {
        let mut reader = Reader { text, at: 0 };
        let tree = reader.value(DEEPEST)?;
        if reader.next().is_some() { Err(Unreadable) } else { Ok(tree) }
    }
}

struct Reader<'text> {
    text: &'text str,
    /// A place in `text`, in bytes.
    at: usize,
}

impl<'text> Reader<'text> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that says something, which stays there.
    fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Goes beyond `byte`, if it is what comes next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.next() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn takes_word(&mut self, word: &str) -> Result<(), Unreadable> {
        let is_next = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += word.len();
        if is_next { Ok(()) } else { Err(Unreadable) }
    }

    fn from(&self, start: usize) -> &'text str {
        // Starts and ends at bytes of ASCII.
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn value(&mut self, depth: usize) -> Result<Tree<'text>, Unreadable> {
        let inside = depth.checked_sub(1).ok_or(Unreadable)?;
        match self.next().ok_or(Unreadable)? {
            b'n' => self.takes_word("null").map(|()| Tree::Nothing),
            b't' => self.takes_word("true").map(|()| Tree::Is(true)),
            b'f' => self.takes_word("false").map(|()| Tree::Is(false)),
            b'"' => self.text().map(Tree::Text),
            b'[' => {
                let mut items = Vec::new();
                self.each(b']', |reader| {
                    items.push(reader.value(inside)?);
                    Ok(())
                })?;
                Ok(Tree::Items(items))
            }
            b'{' => {
                let mut fields = Vec::new();
                self.each(b'}', |reader| {
                    let name =
                        if reader.next() == Some(b'"') { reader.text()? } else { return Err(Unreadable) };
                    if !reader.takes(b':') {
                        return Err(Unreadable);
                    }
                    fields.push((name, reader.value(inside)?));
                    Ok(())
                })?;
                Ok(Tree::Fields(fields))
            }
            _ => self.number().map(Tree::Whole),
        }
    }

    /// What stands between a bracket, which is next, and its `end`.
    fn each(
        &mut self,
        end: u8,
        mut one: impl FnMut(&mut Self) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        self.at += 1;
        if self.takes(end) {
            return Ok(());
        }
        loop {
            one(self)?;
            if self.takes(end) {
                return Ok(());
            }
            if !self.takes(b',') {
                return Err(Unreadable);
            }
        }
    }

    fn number(&mut self) -> Result<i64, Unreadable> {
        let start = self.at;
        while let Some(b'-' | b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        let number = self.from(start);
        let digits = number.strip_prefix('-').unwrap_or(number);
        let is_padded = digits.len() > 1 && digits.starts_with('0');
        let is_fraction = number == "-0" || matches!(self.byte(), Some(b'.' | b'e' | b'E'));
        if is_padded || is_fraction { Err(Unreadable) } else { number.parse().map_err(|_| Unreadable) }
    }

    /// A string, whose first quotation mark is next.
    fn text(&mut self) -> Result<Cow<'text, str>, Unreadable> {
        self.at += 1;
        let mut text = Cow::Borrowed(self.plain()?);
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    let escaped = self.escaped()?;
                    text.to_mut().push(escaped);
                    text.to_mut().push_str(self.plain()?);
                }
                _ => return Err(Unreadable),
            }
        }
    }

    /// What stands there up to a quotation mark or a backslash.
    fn plain(&mut self) -> Result<&'text str, Unreadable> {
        let start = self.at;
        loop {
            match self.byte() {
                None | Some(..b' ') => return Err(Unreadable),
                Some(b'"' | b'\\') => return Ok(self.from(start)),
                Some(_) => self.at += 1,
            }
        }
    }

    /// What stands behind a backslash, which is next.
    fn escaped(&mut self) -> Result<char, Unreadable> {
        self.at += 2;
        let before = self.at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
        Ok(match before.ok_or(Unreadable)? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.scalar(),
            plain @ (b'"' | b'\\' | b'/') => char::from(*plain),
            _ => return Err(Unreadable),
        })
    }

    /// A character by its number: one unit of UTF-16, or two of which the second is escaped too.
    fn scalar(&mut self) -> Result<char, Unreadable> {
        let first = self.unit()?;
        let units = if matches!(first, 0xd800..=0xdbff) {
            self.takes_word("\\u")?;
            vec![first, self.unit()?]
        } else {
            vec![first]
        };
        let mut characters = char::decode_utf16(units);
        characters.next().and_then(Result::ok).ok_or(Unreadable)
    }

    fn unit(&mut self) -> Result<u16, Unreadable> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Unreadable)?;
        self.at += 4;
        if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            u16::from_str_radix(digits, 16).map_err(|_| Unreadable)
        } else {
            Err(Unreadable)
        }
    }
}
