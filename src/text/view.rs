//! What people write, as they see it: the tree becomes elements and text, never a string of HTML.

use leptos::prelude::*;

use super::{
    Words,
    markdown::{self, Block, Inline},
};

/// Shows the text of a message. The same text gives the same elements on both sides.
pub fn prose(body: &str, words: &'static Words) -> AnyView {
    blocks(markdown::parse(body), words)
}

/// Code points of a text that may be drawn large: one emoji can have several.
const FEW: usize = 24;

/// Whether a text is a few emoji and nothing else.
pub fn is_only_emoji(body: &str) -> bool {
    let signs: Vec<char> = body.chars().filter(|sign| !sign.is_whitespace()).take(FEW + 1).collect();
    let picture = |sign: char| matches!(sign, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{231a}'..='\u{23ff}');
    // What joins and colours them: variation selectors, the zero-width joiner, the letters of flags.
    let joins = |sign: char| matches!(sign, '\u{fe0f}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}');
    signs.len() <= FEW
        && signs.iter().any(|sign| picture(*sign))
        && signs.iter().all(|sign| picture(*sign) || joins(*sign))
}

fn blocks(blocks: Vec<Block>, words: &'static Words) -> AnyView {
    blocks.into_iter().map(|it| block(it, words)).collect_view().into_any()
}

fn block(block: Block, words: &'static Words) -> AnyView {
    match block {
        Block::Paragraph(children) => view! { <p dir="auto">{inlines(children)}</p> }.into_any(),
        // The button is heard by the timeline around it, once there is a script.
        Block::Code { language, text } => view! {
            <div class="code">
                <div class="code-head">
                    <span>{language.clone()}</span>
                    <button type="button" class="code-copy">{words.copy}</button>
                </div>
                <pre dir="auto"><code data-language=language>{text}</code></pre>
            </div>
        }
        .into_any(),
        Block::List { start: None, items } => view! { <ul dir="auto">{list(items, words)}</ul> }.into_any(),
        Block::List { start: Some(first), items } => {
            let start = (first != 1).then(|| first.to_string());
            view! { <ol dir="auto" start=start>{list(items, words)}</ol> }.into_any()
        }
        Block::Quote(children) => {
            view! { <blockquote dir="auto">{blocks(children, words)}</blockquote> }.into_any()
        }
    }
}

fn list(items: Vec<Vec<Block>>, words: &'static Words) -> AnyView {
    let item = |children| view! { <li>{blocks(children, words)}</li> };
    items.into_iter().map(item).collect_view().into_any()
}

fn inlines(inlines: Vec<Inline>) -> AnyView {
    inlines.into_iter().map(inline).collect_view().into_any()
}

fn inline(inline: Inline) -> AnyView {
    match inline {
        Inline::Text(text) => text.into_any(),
        Inline::Strong(children) => view! { <strong>{inlines(children)}</strong> }.into_any(),
        Inline::Emphasis(children) => view! { <em>{inlines(children)}</em> }.into_any(),
        Inline::Strike(children) => view! { <s>{inlines(children)}</s> }.into_any(),
        Inline::Code(text) => view! { <code>{text}</code> }.into_any(),
        // A stranger's page must not reach back to this one, nor learn its address.
        Inline::Link { href, children } => view! {
            <a href=href rel="noopener noreferrer nofollow" target="_blank">{inlines(children)}</a>
        }
        .into_any(),
        Inline::Break => view! { <br /> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    fn html(body: &str) -> String {
        prose(body, Locale::En.words()).to_html()
    }

    #[test]
    fn marks_become_elements() {
        let html = html("**a**\n[b](https://c.example)\n\n```rust\nd\n```\n\n3. e");
        for part in [
            "<p dir=\"auto\">",
            "<strong>a",
            "<br>",
            "href=\"https://c.example\" rel=\"noopener noreferrer nofollow\" target=\"_blank\"",
            "<pre dir=\"auto\"><code data-language=\"rust\">d",
            "<ol dir=\"auto\" start=\"3\"><li>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn what_is_typed_is_never_an_element() {
        let typed = "<script>alert(1)</script>";
        for body in [
            typed.to_owned(),
            format!("`{typed}`"),
            format!("```\n{typed}\n```"),
            format!("- {typed}"),
            format!("> # {typed}"),
            format!("**{typed}**"),
            format!("[{typed}](https://a.example)"),
            format!("https://a.example/{typed}"),
            "```\"><script>\na\n```".to_owned(),
        ] {
            let html = html(&body);
            assert!(!html.contains("<script"), "{body:?} became {html}");
        }
    }

    #[test]
    fn an_address_stays_within_its_attribute() {
        let html = html("<https://a.example/\"onmouseover=\"alert(1)>");
        assert!(html.contains("href=\"https://a.example/&quot;onmouseover=&quot;alert(1)\" rel="), "{html}");
    }

    #[test]
    fn only_a_few_emoji_alone_are_large() {
        for body in ["🎉", "🎉 🎊", "👩\u{200d}👩\u{200d}👧", "❤️", "👍🏽", "🇫🇷"] {
            assert!(is_only_emoji(body), "{body}");
        }
        for body in ["", "a", "🎉!", "7", "well 🎉", &"🎉".repeat(25)] {
            assert!(!is_only_emoji(body), "{body}");
        }
    }
}
