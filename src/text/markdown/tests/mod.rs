//! What Markdown does here by example, what no text may do, and that nothing typed is lost.

mod examples;
mod hostile;

use super::{Block, Inline, parse};

/// The tree in a short notation of its own, to compare at a glance.
fn shown(source: &str) -> String {
    blocks(&parse(source))
}

fn blocks(all: &[Block]) -> String {
    let one = |block: &Block| match block {
        Block::Paragraph(children) => format!("p({})", inlines(children)),
        Block::Code { language, text } => format!("pre[{}]({text})", language.as_deref().unwrap_or_default()),
        Block::List { start: None, items } => format!("ul({})", list(items)),
        Block::List { start: Some(first), items } => format!("ol{first}({})", list(items)),
        Block::Quote(children) => format!("quote({})", blocks(children)),
    };
    all.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn list(items: &[Vec<Block>]) -> String {
    items.iter().map(|item| blocks(item)).collect::<Vec<_>>().join(" | ")
}

fn inlines(all: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Strong(children) => format!("b({})", inlines(children)),
        Inline::Emphasis(children) => format!("i({})", inlines(children)),
        Inline::Strike(children) => format!("s({})", inlines(children)),
        Inline::Code(text) => format!("code({text})"),
        Inline::Link { href, children } => format!("a[{href}]({})", inlines(children)),
        Inline::Break => "⏎".to_owned(),
    };
    all.iter().map(one).collect()
}

fn assert_shown(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(&shown(source), expected, "{source:?}");
    }
}
