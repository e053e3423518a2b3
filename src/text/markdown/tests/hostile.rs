//! Texts that somebody wrote to do harm, or that nobody would write.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{
    super::{Block, Inline, parse, plain},
    shown,
};

#[test]
fn nothing_that_is_typed_becomes_a_script() {
    for source in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](&#x6A&#x61;vascript:alert(1))",
        "[a](java\tscript:alert(1))",
        "[a](<java\nscript:alert(1)>)",
        "[a](< javascript:alert(1)>)",
        "[a](\u{1}javascript:alert(1))",
        "[a](\u{a0}javascript:alert(1))",
        "[a](javascript\\:alert(1))",
        "[a](java\0script:alert(1))",
        "[a](vbscript:msgbox(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](file:///etc/passwd)",
        "[a](blob:a.example/1)",
        "[a](view-source:a.example)",
        "[a](https:javascript:alert(1))",
        "[a](https:/\\a.example)",
        "[a](http://)",
        "[a](mailto:)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "[a]: javascript:alert(1)\n\n[a]",
        "![a](javascript:alert(1))",
        "[a](\"onmouseover=\"alert(1))",
        "jAvAsCrIpT:alert(1)",
        "javascript://%0aalert(1)",
    ] {
        let tree = format!("{:?}", parse(source));
        assert!(!tree.contains("Link"), "{source:?} became {tree}");
    }
}

#[test]
fn an_address_cannot_break_out_of_its_attribute() {
    for source in
        ["https://a.example/\"onclick=\"b", "https://a.example/'><script>", "<https://a.example/\"b>"]
    {
        for href in hrefs(&parse(source)) {
            assert!(!href.contains(['<', '>']), "{source:?} gave {href:?}");
        }
    }
}

#[test]
fn deep_nesting_ends_in_text() {
    let source = ">".repeat(100) + " deep";
    let expected = "quote(".repeat(8) + "p(" + &">".repeat(92) + " deep)" + &")".repeat(8);
    assert_eq!(shown(&source), expected);

    let source = "- ".repeat(20) + "deep";
    assert!(shown(&source).contains("- - - deep"), "{}", shown(&source));

    let source = "*a _b ".repeat(40) + &"_ *".repeat(40);
    assert!(shown(&source).matches("i(").count() <= 9, "{}", shown(&source));
}

#[test]
fn hostile_texts_are_read_in_good_time() {
    let patterns = [
        ">",
        "> ",
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``` ",
        "[",
        "]",
        "![",
        "[](",
        "[a](",
        "](",
        "<",
        "<a ",
        "<!--",
        "<![CDATA[",
        "<?",
        "- ",
        "1. ",
        "* a\n",
        "#",
        "\n",
        "&",
        "&#",
        "\\",
        "*a_",
        "*a **b ",
        "a**b",
        "_a __a ",
        "http://",
        "http://a",
        "http://a(",
        "http://a)",
        "http://a ]( ",
        "[x]:",
        "[x]: y\n",
        "(",
        ")",
        "| a ",
        "\t",
        "- \t",
        ">\n",
        "> - ",
        "`a``b```c",
        "[a][b]",
        "<http://a",
        "é*",
        "🙂_",
        "\u{0}",
        "~~~a\n",
    ];
    let mut sources: Vec<String> = patterns.iter().map(|it| it.repeat(65_536 / it.len())).collect();
    sources.push((1..350).map(|length| "`".repeat(length) + "a").collect());
    sources.push("[".repeat(32_768) + &"](http://a)".repeat(2_900));
    sources.push("*".repeat(32_768) + "a" + &"*".repeat(32_767));
    sources.push("http://a".to_owned() + &")".repeat(65_000));
    sources.push((0..60).map(|depth| "  ".repeat(depth) + "- a\n").collect());

    for source in sources {
        let started = Instant::now();
        let _ = parse(&source);
        let _ = plain(&source, 80);
        let took = started.elapsed();
        // Some milliseconds; the limit is for busy machines and unoptimised builds.
        assert!(
            took < Duration::from_secs(3),
            "{:?}… took {took:?}",
            source.chars().take(20).collect::<String>()
        );
    }
}

fn hrefs(blocks: &[Block]) -> Vec<String> {
    fn within(inlines: &[Inline], found: &mut Vec<String>) {
        for inline in inlines {
            match inline {
                Inline::Link { href, children } => {
                    found.push(href.clone());
                    within(children, found);
                }
                Inline::Strong(children) | Inline::Emphasis(children) | Inline::Strike(children) => {
                    within(children, found);
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
            }
        }
    }

    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => within(inlines, &mut found),
            Block::List { items, .. } => items.iter().for_each(|item| found.extend(hrefs(item))),
            Block::Quote(blocks) => found.extend(hrefs(blocks)),
            Block::Code { .. } => {}
        }
    }
    found
}

/// All that is written in the blocks, languages included, marks left out.
fn written(blocks: &[Block], into: &mut String) {
    fn within(inlines: &[Inline], into: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => into.push_str(text),
                Inline::Strong(children)
                | Inline::Emphasis(children)
                | Inline::Strike(children)
                | Inline::Link { children, .. } => within(children, into),
                Inline::Break => into.push('\n'),
            }
        }
    }

    for block in blocks {
        into.push('\n');
        match block {
            Block::Paragraph(inlines) => within(inlines, into),
            Block::Code { language, text } => {
                into.push_str(language.as_deref().unwrap_or_default());
                into.push('\n');
                into.push_str(text);
            }
            Block::List { items, .. } => items.iter().for_each(|item| written(item, into)),
            Block::Quote(blocks) => written(blocks, into),
        }
    }
}

/// Texts made of the pieces that matter to Markdown, so that they meet often.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "```",
        "```\n",
        "~~~",
        "[",
        "]",
        "](",
        "](http://h/",
        "](javascript:",
        "]:",
        "]: ",
        "(",
        ")",
        "<",
        ">",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<a href=\"",
        "\"",
        "'",
        "!",
        "![",
        "\\",
        "&",
        "&amp;",
        ";",
        "#",
        "# ",
        "\n# ",
        "\n---\n",
        "\n===\n",
        "---",
        "\n",
        "\n\n",
        "  \n",
        "    ",
        "\t",
        " ",
        "- ",
        "\n- ",
        "\n1. ",
        "\n> ",
        "> ",
        ">",
        "|",
        "\n|---|\n",
        "[^",
        "[x]: ",
        "http://",
        "https://x.example/",
        "mailto:",
        "<http://",
        "<b@",
        "www.",
        "://",
        "\u{0}",
        "\u{1}",
        "\u{7f}",
        "\r\n",
        "\u{202e}",
        "。",
    ]);
    let word = "[a-zA-Zé🙂]{1,4}";
    prop::collection::vec(
        prop_oneof![3 => piece.prop_map(str::to_owned), 2 => word.prop_map(String::from)],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_brings_it_down(source in "\\PC{0,200}") {
        parse(&source);
        plain(&source, 20);
    }

    #[test]
    fn every_link_has_a_scheme_that_may_be_followed(source in markdown()) {
        for href in hrefs(&parse(&source)) {
            let lower = href.to_ascii_lowercase();
            prop_assert!(
                ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)),
                "{source:?} gave {href:?}"
            );
        }
    }

    #[test]
    fn no_letter_is_lost(source in markdown()) {
        let blocks = parse(&source);
        let mut kept = hrefs(&blocks).join(" ");
        written(&blocks, &mut kept);
        for word in source.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            prop_assert!(kept.contains(word), "{word:?} of {source:?} is not in {blocks:?}");
        }
    }

    #[test]
    fn a_preview_keeps_to_its_length_and_line(source in markdown(), at_most in 0_usize..30) {
        let line = plain(&source, at_most);
        prop_assert!(line.chars().count() <= at_most);
        prop_assert!(!line.contains('\n'));
    }
}
