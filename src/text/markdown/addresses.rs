//! Which addresses may be followed, and where bare ones stand in a text.

use std::ops::Range;

use super::Inline;

/// Whether a link may lead there. Refuses every scheme that is not named here, however it is spelled, and
/// every character that a browser would skip or rewrite on the way to the scheme.
pub(super) fn may_be_followed(href: &str) -> bool {
    if href.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return false;
    }
    let behind = |scheme: &str| match href.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => href.get(scheme.len()..),
        _ => None,
    };
    let web = behind("http://").or_else(|| behind("https://"));
    web.is_some_and(begins_a_host) || behind("mailto:").is_some_and(|address| !address.is_empty())
}

/// Whether a link is labelled with an address other than its own, as in `[https://bank](https://thief)`.
pub(super) fn misleads(label: &[Inline], href: &str) -> bool {
    let mut text = String::new();
    gather(label, &mut text);
    let looks_like_an_address = text.contains("://") || text.trim_start().starts_with("www.");
    looks_like_an_address && text.trim() != href
}

fn gather(inlines: &[Inline], into: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => into.push_str(text),
            Inline::Strong(children)
            | Inline::Emphasis(children)
            | Inline::Strike(children)
            | Inline::Link { children, .. } => gather(children, into),
            Inline::Break => into.push(' '),
        }
    }
}

/// Turns the bare addresses of a paragraph into links, except in code and in links.
pub(super) fn link_bare(inlines: Vec<Inline>) -> Vec<Inline> {
    inlines
        .into_iter()
        .flat_map(|inline| match inline {
            Inline::Text(text) => link_text(text),
            Inline::Strong(children) => vec![Inline::Strong(link_bare(children))],
            Inline::Emphasis(children) => vec![Inline::Emphasis(link_bare(children))],
            Inline::Strike(children) => vec![Inline::Strike(link_bare(children))],
            Inline::Code(_) | Inline::Link { .. } | Inline::Break => vec![inline],
        })
        .collect()
}

fn link_text(text: String) -> Vec<Inline> {
    let found = bare(&text);
    if found.is_empty() {
        return vec![Inline::Text(text)];
    }

    let mut parts = Vec::new();
    let mut done = 0;
    for range in found {
        if done < range.start {
            parts.push(Inline::Text(text[done..range.start].to_owned()));
        }
        let href = text[range.clone()].to_owned();
        parts.push(Inline::Link { children: vec![Inline::Text(href.clone())], href });
        done = range.end;
    }
    if done < text.len() {
        parts.push(Inline::Text(text[done..].to_owned()));
    }
    parts
}

/// Where http(s) addresses stand in a text, in order. The punctuation behind one is not part of it, nor is a
/// parenthesis that was opened before it.
pub(super) fn bare(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(colon) = text[from..].find("://").map(|at| from + at) {
        let host = colon + "://".len();
        let start = start_of_scheme(&text.as_bytes()[from..colon]).map(|at| from + at);
        from = host;
        if let Some(start) = start
            && begins_a_host(&text[host..])
        {
            let end = host + length(&text[host..]);
            found.push(start..end);
            from = end;
        }
    }
    found
}

fn start_of_scheme(before_colon: &[u8]) -> Option<usize> {
    let start = ["https", "http"].into_iter().find_map(|scheme| {
        let start = before_colon.len().checked_sub(scheme.len())?;
        before_colon[start..].eq_ignore_ascii_case(scheme.as_bytes()).then_some(start)
    })?;
    let stands_alone = start == 0 || !before_colon[start - 1].is_ascii_alphanumeric();
    stands_alone.then_some(start)
}

/// A name, a number, or an IPv6 address in brackets.
fn begins_a_host(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

/// How much of `text`, which begins with a host, belongs to the address.
fn length(text: &str) -> usize {
    // At `](` the address of a link begins, of which this is the label.
    let is_end = |(at, c)| ends_an_address(c) || c == ']' && text[at..].starts_with("](");
    let whole = text.char_indices().find(|place| is_end(*place)).map_or(text.len(), |(at, _)| at);
    let mut rest = &text[..whole];
    let mut open = [('(', ')'), ('[', ']'), ('{', '}')]
        .map(|(open, close)| (close, rest.matches(open).count(), rest.matches(close).count()));

    while let Some(last) = rest.chars().next_back() {
        let unbalanced = open.iter_mut().find(|(close, opened, closed)| *close == last && closed > opened);
        match unbalanced {
            Some((_, _, closed)) => *closed -= 1,
            None if ".,:;!?'*_~|…’”»".contains(last) => {}
            None => break,
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    rest.len()
}

/// White space, quotation, code, and the punctuation of scripts that write without spaces.
fn ends_an_address(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || "<>\"`\\“”«»、。，：；！？（）「」『』【】《》".contains(character)
}
