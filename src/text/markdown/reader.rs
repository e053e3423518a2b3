//! From the parser's events to the tree. Text is taken from the source itself, never from what the parser
//! made of it, so that an entity stays the letters that were typed.

use std::{iter::Peekable, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag};

use super::{
    Block, DEEPEST, Inline, addresses,
    masks::{clean, mask, unmask},
};

pub(super) fn read(source: &str) -> Vec<Block> {
    let source = clean(source);
    let masked = mask(&source);
    let events = Parser::new_ext(&masked, Options::ENABLE_STRIKETHROUGH).into_offset_iter().peekable();
    Reader { source: &source, events, containers: 0, end: 0 }.blocks()
}

struct Reader<'a> {
    source: &'a str,
    events: Peekable<OffsetIter<'a>>,
    /// How many quotes and lists are around.
    containers: usize,
    /// Where the event that was read last ends in the source.
    end: usize,
}

impl<'a> Reader<'a> {
    /// Reads to the end of the block that is open, or of the text.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        loop {
            // The text of a tight list's item comes without a paragraph around it.
            if self.events.peek().is_some_and(|(event, _)| is_inline(event)) {
                let inlines = self.inlines(0);
                blocks.push(paragraph(inlines));
                continue;
            }
            match self.next() {
                None | Some((Event::End(_), _)) => return blocks,
                Some((event, range)) => blocks.push(self.block(event, range)),
            }
        }
    }

    fn block(&mut self, event: Event<'a>, range: Range<usize>) -> Block {
        match event {
            Event::Start(Tag::Paragraph) => {
                let inlines = self.inlines(0);
                self.next();
                paragraph(inlines)
            }
            Event::Start(Tag::Heading { .. }) => self.heading(range),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => self.fenced(range),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let text = self.text(|reader, range, text| reader.indentation(range.start).to_owned() + text);
                paragraph(lines(&text))
            }
            Event::Start(Tag::HtmlBlock) => {
                let text = self.text(|_, _, text| text.to_owned());
                paragraph(lines(&text))
            }
            Event::Start(Tag::BlockQuote(_)) if self.containers < DEEPEST => {
                self.containers += 1;
                let blocks = self.blocks();
                self.containers -= 1;
                Block::Quote(blocks)
            }
            Event::Start(Tag::List(start)) if self.containers < DEEPEST => {
                self.containers += 1;
                let items = self.items();
                self.containers -= 1;
                Block::List { start, items }
            }
            event => {
                self.skip(&event);
                paragraph(self.typed(range))
            }
        }
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((Event::Start(_), _)) = self.next() {
            items.push(self.blocks());
        }
        items
    }

    /// A paragraph that keeps the signs which made it a heading, before or below it.
    fn heading(&mut self, range: Range<usize>) -> Block {
        let first = match self.events.peek() {
            Some((event, first)) if is_inline(event) => first.start,
            _ => {
                self.next();
                return paragraph(self.typed(range));
            }
        };
        let mut inlines = Vec::new();
        push_text(&mut inlines, &self.source[range.start..first]);
        self.inlines_into(&mut inlines, 0);

        let behind = self.source[self.end..range.end].trim_end();
        if behind.contains('\n') {
            inlines.push(Inline::Break);
            push_text(&mut inlines, behind.trim_start_matches(is_prefix));
        } else {
            push_text(&mut inlines, behind);
        }
        self.next();
        paragraph(inlines)
    }

    fn fenced(&mut self, range: Range<usize>) -> Block {
        let fence = self.source[range].lines().next().unwrap_or_default();
        let info = fence.trim_start().trim_start_matches(['`', '~']).trim();
        let text = self.text(|_, _, text| text.to_owned());
        let text = text.strip_suffix('\n').unwrap_or(&text);

        if info.is_empty() {
            Block::Code { language: None, text: text.to_owned() }
        } else if is_language(info) {
            Block::Code { language: Some(info.to_owned()), text: text.to_owned() }
        } else {
            // Somebody began their code, or a sentence, right behind the fence.
            Block::Code { language: None, text: format!("{info}\n{text}") }
        }
    }

    /// All text up to the end of the block that is open, each piece as `piece` says.
    fn text(&mut self, piece: impl Fn(&Self, Range<usize>, &str) -> String) -> String {
        let mut all = String::new();
        while let Some((event, range)) = self.next() {
            match event {
                Event::Text(text) | Event::Html(text) => all.push_str(&piece(self, range, &unmask(&text))),
                Event::End(_) => break,
                _ => {}
            }
        }
        all
    }

    fn inlines(&mut self, nesting: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        self.inlines_into(&mut inlines, nesting);
        inlines
    }

    fn inlines_into(&mut self, inlines: &mut Vec<Inline>, nesting: usize) {
        while self.events.peek().is_some_and(|(event, _)| is_inline(event)) {
            let Some((event, range)) = self.next() else { return };
            match event {
                Event::Text(_) => push_text(inlines, &self.source[range]),
                Event::Code(code) => inlines.push(Inline::Code(unmask(&code))),
                Event::SoftBreak | Event::HardBreak => {
                    inlines.push(Inline::Break);
                    push_text(inlines, self.kept_indentation());
                }
                Event::Start(tag) if nesting < DEEPEST && !matches!(tag, Tag::Image { .. }) => {
                    let children = self.inlines(nesting + 1);
                    self.next();
                    match marked(&tag, children, &self.source[range.clone()]) {
                        Some(inline) => inlines.push(inline),
                        None => self.push_typed(inlines, range),
                    }
                }
                event => {
                    self.skip(&event);
                    self.push_typed(inlines, range);
                }
            }
        }
    }

    /// Pasted lines keep their shape, except in quotes and lists, where white space is part of the marks.
    fn kept_indentation(&mut self) -> &'a str {
        match self.events.peek() {
            Some((_, next)) if self.containers == 0 => {
                let start = next.start;
                self.indentation(start)
            }
            _ => "",
        }
    }

    /// The spaces and tabs right before `at`.
    fn indentation(&self, at: usize) -> &'a str {
        let before = &self.source[..at];
        &before[before.trim_end_matches([' ', '\t']).len()..]
    }

    fn push_typed(&self, inlines: &mut Vec<Inline>, range: Range<usize>) {
        for inline in self.typed(range) {
            match inline {
                Inline::Text(text) => push_text(inlines, &text),
                other => inlines.push(other),
            }
        }
    }

    /// A piece of the source as it was typed, without the marks that quotes and lists put before its lines.
    fn typed(&self, range: Range<usize>) -> Vec<Inline> {
        let mut inlines = lines(&self.source[range]);
        if self.containers > 0 {
            for inline in inlines.iter_mut().skip(1) {
                if let Inline::Text(text) = inline {
                    *text = text.trim_start_matches(is_prefix).to_owned();
                }
            }
            inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
        }
        inlines
    }

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let (event, range) = self.events.next()?;
        self.end = range.end;
        Some((event, range))
    }

    /// Passes over all that is within `event`, if it is the start of something.
    fn skip(&mut self, event: &Event<'_>) {
        let mut open = usize::from(matches!(event, Event::Start(_)));
        while open > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }
}

/// What a mark makes of its content; nothing if it has to be shown as typed. `source` is the whole of it.
fn marked(tag: &Tag<'_>, children: Vec<Inline>, source: &str) -> Option<Inline> {
    match tag {
        Tag::Strong => Some(Inline::Strong(children)),
        Tag::Emphasis => Some(Inline::Emphasis(children)),
        Tag::Strikethrough if source.starts_with("~~") => Some(Inline::Strike(children)),
        Tag::Link { link_type, dest_url, title, .. } => {
            let address = unmask(dest_url);
            // What is followed must stand there to be read: no entities, no escapes. Titles have no place.
            if !source.contains(&address) || !title.is_empty() || children.is_empty() {
                return None;
            }
            let href = if *link_type == LinkType::Email { format!("mailto:{address}") } else { address };
            let fit = addresses::may_be_followed(&href) && !addresses::misleads(&children, &href);
            fit.then_some(Inline::Link { href, children })
        }
        _ => None,
    }
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    Block::Paragraph(addresses::link_bare(inlines))
}

/// Text as it stands, each line end a break.
fn lines(text: &str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for (number, line) in text.trim_end_matches('\n').split('\n').enumerate() {
        if number > 0 {
            inlines.push(Inline::Break);
        }
        push_text(&mut inlines, line);
    }
    inlines
}

fn push_text(inlines: &mut Vec<Inline>, text: &str) {
    match inlines.last_mut() {
        Some(Inline::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => inlines.push(Inline::Text(text.to_owned())),
    }
}

/// What may stand before a line of a quote or a list.
fn is_prefix(character: char) -> bool {
    character.is_whitespace() || character == '>'
}

fn is_language(info: &str) -> bool {
    info.len() <= 32 && info.chars().all(|c| c.is_ascii_alphanumeric() || "+#._-".contains(c))
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::SoftBreak | Event::HardBreak => true,
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        _ => false,
    }
}
