//! What people write, as they see it: the tree becomes elements and text, never a string of HTML.

use std::cell::Cell;

use leptos::prelude::*;

use super::{
    Words, action,
    colours::{Colours, Kind},
    markdown::{self, Block, Inline, names},
};

/// Who stands behind a name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    Viewer,
    Somebody,
}

/// Shows the text of a message by somebody who is called `author`, with the colours of its code. The same gives the same
/// elements on both sides.
pub fn prose(body: &str, colours: &[Colours], author: &str, words: &'static Words) -> AnyView {
    prose_with(body, colours, author, words, &|_| None)
}

/// The same, with those names marked of whom `who` says whose they are. It is given them in small letters, without the
/// `@`.
pub fn prose_with(
    body: &str,
    colours: &[Colours],
    author: &str,
    words: &'static Words,
    who: &dyn Fn(&str) -> Option<Naming>,
) -> AnyView {
    let colours = Cell::new(colours);
    let with = Drawing { words, who, colours: &colours };
    match action::of(body) {
        Some(action) => act(action, author, with),
        None => blocks(markdown::parse(body), with),
    }
}

/// The sign before what somebody does: `* Amina waves`. It is to be seen; the sentence needs no other to be heard.
pub fn action_sign() -> AnyView {
    view! { <span aria-hidden="true">"* "</span> }.into_any()
}

/// What is done, with its author in the sentence.
fn act(action: &str, author: &str, with: Drawing<'_>) -> AnyView {
    let mut parts = markdown::parse(action);
    let sentence = match parts.first_mut() {
        Some(Block::Paragraph(children)) => std::mem::take(children),
        _ => Vec::new(),
    };
    // A list or code has no room for a name, and stands below it.
    if !sentence.is_empty() {
        parts.remove(0);
    }

    view! {
        <p class="prose-action" dir="auto">
            {action_sign()}
            <bdi class="prose-actor">{author.to_owned()}</bdi>
            " "
            {inlines(sentence, with)}
        </p>
        {blocks(parts, with)}
    }
    .into_any()
}

/// What a text is drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    words: &'static Words,
    who: &'a dyn Fn(&str) -> Option<Naming>,
    /// Those of the blocks of code that are not drawn yet.
    colours: &'a Cell<&'a [Colours]>,
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

fn blocks(blocks: Vec<Block>, with: Drawing<'_>) -> AnyView {
    blocks.into_iter().map(|it| block(it, with)).collect_view().into_any()
}

fn block(block: Block, with: Drawing<'_>) -> AnyView {
    match block {
        Block::Paragraph(children) => view! { <p dir="auto">{inlines(children, with)}</p> }.into_any(),
        // The button is heard by the timeline around it, once there is a script.
        Block::Code { language, text } => view! {
            <div class="code">
                <div class="code-head">
                    <span>{language.clone()}</span>
                    <button type="button" class="code-copy">{with.words.talk().copy}</button>
                </div>
                <pre dir="auto"><code data-language=language>{code(text, with)}</code></pre>
            </div>
        }
        .into_any(),
        Block::List { start: None, items } => view! { <ul dir="auto">{list(items, with)}</ul> }.into_any(),
        Block::List { start: Some(first), items } => {
            let start = (first != 1).then(|| first.to_string());
            view! { <ol dir="auto" start=start>{list(items, with)}</ol> }.into_any()
        }
        Block::Quote(children) => {
            view! { <blockquote dir="auto">{blocks(children, with)}</blockquote> }.into_any()
        }
    }
}

/// The text of the next block of code, in its colours. They change nothing about its letters, nor how wide they are.
fn code(text: String, with: Drawing<'_>) -> AnyView {
    let Some((colours, rest)) = with.colours.get().split_first() else { return text.into_any() };
    with.colours.set(rest);
    if colours.is_plain() {
        return text.into_any();
    }
    let piece = |(kind, text): (Kind, &str)| match kind.class() {
        Some(class) => view! { <span class=class>{text.to_owned()}</span> }.into_any(),
        None => text.to_owned().into_any(),
    };
    colours.over(&text).into_iter().map(piece).collect_view().into_any()
}

fn list(items: Vec<Vec<Block>>, with: Drawing<'_>) -> AnyView {
    let item = |children| view! { <li>{blocks(children, with)}</li> };
    items.into_iter().map(item).collect_view().into_any()
}

fn inlines(inlines: Vec<Inline>, with: Drawing<'_>) -> AnyView {
    inlines.into_iter().map(|it| inline(it, with)).collect_view().into_any()
}

fn inline(inline: Inline, with: Drawing<'_>) -> AnyView {
    match inline {
        Inline::Text(text) => text_with(text, with),
        Inline::Strong(children) => view! { <strong>{inlines(children, with)}</strong> }.into_any(),
        Inline::Emphasis(children) => view! { <em>{inlines(children, with)}</em> }.into_any(),
        Inline::Strike(children) => view! { <s>{inlines(children, with)}</s> }.into_any(),
        Inline::Code(text) => view! { <code>{text}</code> }.into_any(),
        // A stranger's page must not reach back to this one, nor learn its address. In an address nobody is named.
        Inline::Link { href, children } => {
            let with = Drawing { who: &|_| None, ..with };
            view! {
                <a href=href rel="noopener noreferrer nofollow" target="_blank">{inlines(children, with)}</a>
            }
            .into_any()
        }
        Inline::Break => view! { <br /> }.into_any(),
    }
}

/// A text with the names in it that mean somebody.
fn text_with(text: String, with: Drawing<'_>) -> AnyView {
    let mut parts = Vec::new();
    let mut done = 0;
    for range in names::names(&text) {
        let name = range.start + 1;
        let written = text[name..range.end].to_ascii_lowercase();
        let meant = names::readings(&written).find_map(|read| Some((name + read.len(), (with.who)(read)?)));
        let Some((end, naming)) = meant else { continue };
        parts.push(text[done..range.start].to_owned().into_any());
        let class = if naming == Naming::Viewer { "mention mention--me" } else { "mention" };
        parts.push(view! { <span class=class>{text[range.start..end].to_owned()}</span> }.into_any());
        done = end;
    }
    if done == 0 {
        return text.into_any();
    }
    parts.push(text[done..].to_owned().into_any());
    parts.collect_view().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    fn html(body: &str) -> String {
        prose(body, &[], "Amina", Locale::En.words()).to_html()
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
    fn each_block_of_code_is_drawn_in_its_own_colours() {
        let mut first = Colours::default();
        first.push(Kind::Keyword, 2);
        let mut last = first.clone();
        last.push(Kind::String, 100);
        let body = "```a\nfn <b>\n```\n- ```\n  fn\n  ```\n\n> ```c\n> if \"&\"\n> ```";
        let html = prose(body, &[first, Colours::default(), last], "Amina", Locale::En.words()).to_html();
        for part in [
            "<code data-language=\"a\"><span class=\"tok-keyword\">fn</span>",
            "<code>fn",
            "<code data-language=\"c\"><span class=\"tok-keyword\">if</span>",
            // What is there is drawn, however long it was said to be.
            "<span class=\"tok-string\"> \"&amp;\"</span>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("<b>") && html.matches("tok-").count() == 3, "{html}");
    }

    #[test]
    fn only_names_that_mean_somebody_are_marked() {
        let who = |name: &str| match name {
            "bruno" => Some(Naming::Somebody),
            "amina" => Some(Naming::Viewer),
            _ => None,
        };
        let html = |body: &str| prose_with(body, &[], "Amina", Locale::En.words(), &who).to_html();
        let marked = html("Well, @Bruno. **@amina**, `@bruno` and @nobody: [@bruno](https://a.example)");
        for part in
            ["<span class=\"mention\">@Bruno</span>", "<span class=\"mention mention--me\">@amina</span>"]
        {
            assert_eq!(marked.matches(part).count(), 1, "{part} in {marked}");
        }
        assert_eq!(marked.matches("mention").count(), 3, "{marked}");
        assert!(html("@bruno").contains(">@bruno</span>"));
        assert!(!html("@<script>").contains("<script"));
    }

    #[test]
    fn what_is_done_has_its_author_in_the_sentence() {
        let drawn = html("/me **waves**\n\n- twice");
        let (sentence, rest) = drawn.split_once("</p>").expect("a sentence");
        for part in ["aria-hidden=\"true\">* ", ">Amina</bdi>", "<strong>waves"] {
            assert!(sentence.contains(part), "{part} is not in {sentence}");
        }
        assert!(rest.contains("<li>") && !drawn.contains("/me"), "{drawn}");
        // Code has no room for a name.
        let drawn = html("/me\n```\nruns\n```");
        assert!(drawn.find("Amina") < drawn.find("<pre"), "{drawn}");
        assert!(!html("\\/me waves").contains("Amina"));
        let named = prose("/me waves", &[], "<script>", Locale::En.words()).to_html();
        assert!(!named.contains("<script"), "{named}");
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
