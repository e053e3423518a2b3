//! Texts that are not code of the usual kind: markup, differences, what stood on a terminal.

use super::{languages, pieces::Pieces, scan};
use crate::text::colours::Kind;

/// What is written in another language within markup, by the name of its element.
const WITHIN: &[(&str, &str)] = &[("script", "js"), ("style", "css")];

/// HTML, XML, and what is written like them.
pub(super) fn markup(text: &str, pieces: &mut Pieces) {
    pieces.worked(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        pieces.push(Kind::Plain, &rest[..at]);
        rest = &rest[at..];
        rest = if let Some(behind) = rest.strip_prefix("<!--") {
            let end = behind.find("-->").map_or(rest.len(), |at| "<!--".len() + at + "-->".len());
            taken(Kind::Comment, rest, end, pieces)
        } else if rest.starts_with('&') {
            entity(rest, pieces)
        } else {
            tag(rest, pieces)
        };
    }
    pieces.push(Kind::Plain, rest);
}

/// Adds the first `end` bytes; what is left.
fn taken<'a>(kind: Kind, text: &'a str, end: usize, pieces: &mut Pieces) -> &'a str {
    let (piece, rest) = text.split_at(end);
    pieces.push(kind, piece);
    rest
}

fn entity<'a>(text: &'a str, pieces: &mut Pieces) -> &'a str {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let name = text.bytes().skip(1).take_while(is_part).count();
    let is_whole = name > 0 && text[1 + name..].starts_with(';');
    let (kind, end) = if is_whole { (Kind::Constant, name + 2) } else { (Kind::Plain, 1 + name) };
    taken(kind, text, end, pieces)
}

/// A tag with its attributes, and what stands in it if that is another language.
fn tag<'a>(text: &'a str, pieces: &mut Pieces) -> &'a str {
    let sign = if text.starts_with("</") { 2 } else { 1 };
    let name = text[sign..].find(|sign: char| !is_name(sign)).unwrap_or(text.len() - sign);
    if name == 0 {
        return taken(Kind::Plain, text, sign, pieces);
    }
    let element = &text[sign..sign + name];
    let mut rest = taken(Kind::Plain, text, sign, pieces);
    rest = taken(Kind::Keyword, rest, name, pieces);
    rest = attributes(rest, pieces);

    let within = WITHIN.iter().find(|(name, _)| sign == 1 && element.eq_ignore_ascii_case(name));
    let Some((grammar, name)) = within.and_then(|(name, language)| Some((languages::find(language)?, *name)))
    else {
        return rest;
    };
    let end = closing(rest, name);
    scan(grammar, &rest[..end], pieces);
    &rest[end..]
}

fn is_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '-' | '_' | ':' | '.' | '!' | '?' | '@' | '#' | '*')
}

/// To the end of a tag that is open.
fn attributes<'a>(text: &'a str, pieces: &mut Pieces) -> &'a str {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '>' => return taken(Kind::Plain, rest, 1, pieces),
            '<' => return rest,
            '"' | '\'' => {
                let end = rest[1..].find(first).map_or(rest.len(), |at| at + 2);
                rest = taken(Kind::String, rest, end, pieces);
                continue;
            }
            sign if is_name(sign) => {
                let end = rest.find(|sign: char| !is_name(sign)).unwrap_or(rest.len());
                rest = taken(Kind::Name, rest, end, pieces);
                continue;
            }
            sign => sign.len_utf8(),
        };
        rest = taken(Kind::Plain, rest, end, pieces);
    }
    rest
}

/// Where the element ends that is called `name`.
fn closing(text: &str, name: &str) -> usize {
    let is_end = |at: &usize| {
        let behind = text[at + 2..].get(..name.len());
        behind.is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    text.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(text.len())
}

/// What came and what went.
pub(super) fn diff(text: &str, pieces: &mut Pieces) {
    pieces.worked(text.len());
    for line in text.split_inclusive('\n') {
        let heads = ["diff ", "index ", "+++ ", "--- ", "new file", "deleted file", "rename ", "similarity "];
        let kind = if heads.iter().any(|head| line.starts_with(head)) {
            Kind::Comment
        } else if line.starts_with("@@") {
            Kind::Name
        } else {
            match line.chars().next() {
                Some('+' | '>') => Kind::Added,
                Some('-' | '<') => Kind::Removed,
                _ => Kind::Plain,
            }
        };
        // The line end belongs to no line: neighbours stay pieces of their own.
        let content = line.strip_suffix('\n').unwrap_or(line);
        pieces.push(kind, content);
        pieces.push(Kind::Plain, &line[content.len()..]);
    }
}

/// What stood on a terminal: the lines behind a prompt are commands.
pub(super) fn console(text: &str, pieces: &mut Pieces) {
    pieces.worked(text.len());
    for line in text.split_inclusive('\n') {
        let prompt = ["$ ", "# ", "> ", "% "].into_iter().find(|prompt| line.starts_with(prompt));
        let Some((prompt, shell)) = prompt.zip(languages::find("sh")) else {
            pieces.push(Kind::Plain, line);
            continue;
        };
        let command = taken(Kind::Comment, line, prompt.len(), pieces);
        scan(shell, command, pieces);
    }
}
