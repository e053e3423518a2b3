//! What people write, as they see it: the tree becomes elements and text, never a string of HTML.

use leptos::prelude::*;

use super::markdown::{self, Block, Inline};

/// Shows the text of a message. The same text gives the same elements on both sides.
pub fn prose(body: &str) -> AnyView {
    blocks(markdown::parse(body))
}

fn blocks(blocks: Vec<Block>) -> AnyView {
    blocks.into_iter().map(block).collect_view().into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph(children) => view! { <p dir="auto">{inlines(children)}</p> }.into_any(),
        Block::Code { language, text } => view! {
            <pre dir="auto"><code data-language=language>{text}</code></pre>
        }
        .into_any(),
        Block::List { start: None, items } => view! { <ul dir="auto">{list(items)}</ul> }.into_any(),
        Block::List { start: Some(first), items } => {
            let start = (first != 1).then(|| first.to_string());
            view! { <ol dir="auto" start=start>{list(items)}</ol> }.into_any()
        }
        Block::Quote(children) => view! { <blockquote dir="auto">{blocks(children)}</blockquote> }.into_any(),
    }
}

fn list(items: Vec<Vec<Block>>) -> AnyView {
    let item = |children| view! { <li>{blocks(children)}</li> };
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

    fn html(body: &str) -> String {
        prose(body).to_html()
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
}
