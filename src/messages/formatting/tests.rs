//! What each key does, written as texts in which `<` and `>` stand around what is selected, `|` where nothing is.

use proptest::prelude::*;

use super::{Edit, Mark, Span, link, toggle};

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).expect("tests are short")
}

/// The text and the selection that `drawn` shows.
fn read(drawn: &str) -> (String, Span) {
    let from = units(drawn.split(['<', '|']).next().expect("there is a first part"));
    let selected = drawn
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or(0, |(inside, _)| units(inside));
    (drawn.replace(['<', '>', '|'], ""), Span { from, to: from + selected })
}

/// `text` after `edit`, drawn.
fn draw(text: &str, edit: &Edit) -> String {
    let mut all: Vec<u16> = text.encode_utf16().collect();
    all.splice(edit.span.from as usize..edit.span.to as usize, edit.text.encode_utf16());
    let Span { from, to } = edit.selected;
    let part = |units: &[u16]| String::from_utf16(units).expect("cut between characters");
    let (before, rest) = all.split_at(from as usize);
    let (inside, after) = rest.split_at((to - from) as usize);
    if from == to {
        format!("{}|{}", part(before), part(after))
    } else {
        format!("{}<{}>{}", part(before), part(inside), part(after))
    }
}

fn after(drawn: &str, mark: Mark) -> String {
    let (text, selected) = read(drawn);
    draw(&text, &toggle(&text, selected, mark))
}

/// The mark makes the second of the first, and the first of the second again.
fn there_and_back(plain: &str, mark: Mark, marked: &str) {
    assert_eq!(after(plain, mark), marked);
    assert_eq!(after(marked, mark), plain);
}

#[test]
fn a_mark_comes_and_goes() {
    there_and_back("a <word> b", Mark::Bold, "a **<word>** b");
    there_and_back("a <word> b", Mark::Italic, "a *<word>* b");
    there_and_back("a <word> b", Mark::Strike, "a ~~<word>~~ b");
    there_and_back("a <word> b", Mark::Code, "a `<word>` b");
    there_and_back("a | b", Mark::Bold, "a **|** b");
}

#[test]
fn a_mark_that_is_selected_too_goes_too() {
    assert_eq!(after("a <**word**> b", Mark::Bold), "a <word> b");
    assert_eq!(after("<*word*>", Mark::Italic), "<word>");
    assert_eq!(after("<`word`>", Mark::Code), "<word>");
}

#[test]
fn bold_and_italic_do_not_mistake_each_other() {
    assert_eq!(after("**<word>**", Mark::Italic), "***<word>***");
    assert_eq!(after("***<word>***", Mark::Italic), "**<word>**");
    assert_eq!(after("***<word>***", Mark::Bold), "*<word>*");
    assert_eq!(after("*<word>*", Mark::Bold), "***<word>***");
    assert_eq!(after("<***word***>", Mark::Bold), "<*word*>");
}

#[test]
fn white_space_at_the_edges_stays_out() {
    assert_eq!(after("a< word >b", Mark::Bold), "a **<word>** b");
    assert_eq!(after("a<  >b", Mark::Bold), "a**<  >**b");
}

#[test]
fn places_are_counted_as_browsers_do() {
    there_and_back(
        "\u{1f389}\u{1f389} <\u{e9}t\u{e9} \u{1f389}> \u{1f389}",
        Mark::Bold,
        "\u{1f389}\u{1f389} **<\u{e9}t\u{e9} \u{1f389}>** \u{1f389}",
    );
    // Beyond the end, and in the middle of a character.
    assert_eq!(draw("ab", &toggle("ab", Span { from: 9, to: 12 }, Mark::Bold)), "ab**|**");
    assert_eq!(
        draw("\u{1f389}", &toggle("\u{1f389}", Span { from: 0, to: 1 }, Mark::Bold)),
        "**<\u{1f389}>**"
    );
}

#[test]
fn several_lines_are_marked_one_by_one() {
    there_and_back("<one\n\n two>", Mark::Bold, "<**one**\n\n **two**>");
    assert_eq!(after("<**one**\ntwo>", Mark::Bold), "<**one**\n**two**>");
}

#[test]
fn several_lines_of_code_are_a_block() {
    there_and_back("<one\ntwo>", Mark::Code, "```\n<one\ntwo>\n```");
    assert_eq!(after("see <one\ntwo> there", Mark::Code), "see \n```\n<one\ntwo>\n```\n there");
    assert_eq!(after("<```rust\none\n```>", Mark::Code), "<one>");
    assert_eq!(after("<a\n```\nb>", Mark::Code), "````\n<a\n```\nb>\n````");
}

#[test]
fn code_with_backticks_stands_between_more_of_them() {
    there_and_back("<a`b>", Mark::Code, "``<a`b>``");
    assert_eq!(after("<`a>", Mark::Code), "`` <`a> ``");
}

#[test]
fn a_link_waits_for_its_address() {
    let linked = |drawn: &str| {
        let (text, selected) = read(drawn);
        draw(&text, &link::toggle(&text, selected))
    };
    assert_eq!(linked("see <this> now"), "see [this](|) now");
    assert_eq!(linked("see |"), "see [|]()");
    assert_eq!(linked("<https://example.org>"), "[|](https://example.org)");
    assert_eq!(linked("<a [b]>"), "[a \\[b\\]](|)");
    assert_eq!(linked("see [<this>](https://example.org) now"), "see <this> now");
    assert_eq!(linked("see <[this](https://example.org)> now"), "see <this> now");
}

#[test]
fn a_pasted_address_makes_a_link_of_what_is_selected() {
    let linked = |drawn: &str, pasted: &str| {
        let (text, selected) = read(drawn);
        link::pasted(&text, selected, pasted).map(|edit| draw(&text, &edit))
    };
    let made = |text: &str| Some(text.to_owned());
    assert_eq!(
        linked("see <this> now", " https://example.org/a?b#c\n"),
        made("see [this](https://example.org/a?b#c)| now")
    );
    assert_eq!(linked("<this>", "HTTP://example.org"), made("[this](HTTP://example.org)|"));
    assert_eq!(linked("<this>", "https://example.org/a_(b)"), made("[this](https://example.org/a_(b))|"));
    assert_eq!(linked("<this>", "https://example.org/a)"), made("[this](https://example.org/a%29)|"));
    for pasted in
        ["", "word", "https://", "javascript:alert(1)", "https://a.org https://b.org", "ftp://example.org"]
    {
        assert_eq!(linked("<this>", pasted), None, "{pasted:?}");
    }
    for drawn in ["see |", "see < > now", "<two\nlines>", "<https://example.org>"] {
        assert_eq!(linked(drawn, "https://example.org"), None, "{drawn:?}");
    }
}

const MARKS: [Mark; 4] = [Mark::Bold, Mark::Italic, Mark::Strike, Mark::Code];

proptest! {
    #[test]
    fn whatever_is_selected_an_edit_stays_within_the_text(
        text in "[a `*~\\[\\]()\n\u{e9}\u{1f389}]{0,12}",
        from in 0..15_u32,
        length in 0..15_u32,
    ) {
        let selected = Span { from, to: from + length };
        let edits = MARKS.map(|mark| toggle(&text, selected, mark)).into_iter();
        let links = [Some(link::toggle(&text, selected)), link::pasted(&text, selected, "https://example.org")];
        for edit in edits.chain(links.into_iter().flatten()) {
            prop_assert!(edit.span.from <= edit.span.to && edit.span.to <= units(&text));
            // Fails if it would cut a character in two.
            draw(&text, &edit);
        }
    }

    #[test]
    fn a_mark_on_plain_words_comes_and_goes(text in "[a-z \u{e9}\u{1f389}]{0,12}", at in 0..6_u32, length in 0..9_u32) {
        for mark in MARKS {
            let selected = Span { from: at, to: at + length };
            let marked = toggle(&text, selected, mark);
            let drawn = draw(&text, &marked);
            let (text_then, selected_then) = read(&drawn);
            let (text_after, _) = read(&draw(&text_then, &toggle(&text_then, selected_then, mark)));
            prop_assert_eq!(&text_after, &text);
        }
    }
}
