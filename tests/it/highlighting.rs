//! The colours of code: they come with the text, by every way that a message comes, and change nothing about it.

use std::fmt::Write;

use salon::{
    ids::ConversationId,
    messages::{Message, history::History},
    realtime::event::{Event, LARGEST_FRAME},
    text::colours::{Colours, Kind},
};

use crate::{
    on_both_engines,
    support::{Person, TestApp, new_key},
};

on_both_engines! {
    code_is_coloured_however_it_comes,
    a_page_without_a_script_has_its_colours,
    an_edit_brings_its_own_colours,
    what_nobody_knows_stays_plain,
    the_densest_code_comes_whole,
    a_page_of_nothing_but_code_is_shown,
}

const CODE: &str = "Look:\n```rust\nfn main() { let a = \"<b>&\"; }\n```\n```\nfn\n```";

impl Person {
    async fn finds_in_page(&self, path: &str, parts: &[&str]) {
        let page = self.page(path).await;
        for part in parts {
            assert!(page.contains(part), "{part} is not in {page}");
        }
    }
}

/// The pieces of `code` that have a colour.
fn coloured<'a>(colours: &Colours, code: &'a str) -> Vec<(Kind, &'a str)> {
    colours.over(code).into_iter().filter(|(kind, _)| *kind != Kind::Plain).collect()
}

async fn code_is_coloured_however_it_comes(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut his = bruno.connects().await;
    let key = new_key();
    let said: Message = amina.posts(talk, &key, CODE).await.well().json();
    assert_eq!(said.body, CODE);
    assert_eq!(said.colours.len(), 1, "the second block is plain: {said:?}");
    let expected =
        [(Kind::Keyword, "fn"), (Kind::Function, "main"), (Kind::Keyword, "let"), (Kind::String, "\"<b>&\"")];
    assert_eq!(coloured(&said.colours[0], "fn main() { let a = \"<b>&\"; }"), expected);

    // Live, once more under the same key, read, and missed.
    assert_eq!(his.next_event().await, Event::Message(Box::new(said.clone())));
    assert_eq!(amina.posts(talk, &key, CODE).await.well().json::<Message>(), said);
    assert_eq!(bruno.reads_message(talk, said.id).await, said);
    assert_eq!(his.resumes(talk, said.position - 1).await.0, std::slice::from_ref(&said));

    // Passed on to somebody else.
    let chloe = app.person("chloe").await;
    chloe.befriends(&bruno).await;
    let there = bruno.opens(&chloe).await;
    let fields = [("message", &*said.id.to_string()), ("key", &*new_key()), ("to[]", &*there.to_string())];
    bruno.does("forward_message", talk, &fields).await.well();
    let passed_on = chloe.reads_conversation(there).await.messages.pop().expect("it is there");
    assert_eq!((passed_on.forwarded, passed_on.colours), (true, said.colours.clone()));

    // What is gone has no colours either.
    amina.deletes(talk, said.id).await.well();
    app.pass(10_000);
    loop {
        if let Event::Message(gone) = his.next_event().await
            && gone.deleted.is_some()
        {
            assert!(gone.colours.is_empty(), "{gone:?}");
            break;
        }
    }
}

async fn a_page_without_a_script_has_its_colours(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, CODE).await;
    let parts = [
        "<code data-language=\"rust\"><span class=\"tok-keyword\">fn</span>",
        "<span class=\"tok-function\">main</span>",
        "<span class=\"tok-string\">\"&lt;b&gt;&amp;\"</span>",
        "<code>fn",
    ];
    bruno.finds_in_page(&format!("/c/{talk}"), &parts).await;
    amina.finds_in_page(&format!("/c/{talk}/m/{}/delete", said.id), &parts).await;
    let page = bruno.page(&format!("/c/{talk}")).await;
    assert!(!page.contains("<b>&"), "{page}");
    assert!(!page.contains("style="), "{page}");
}

async fn an_edit_brings_its_own_colours(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, CODE).await;
    let mut his = bruno.connects().await;
    let edits = async |body: &str| {
        let fields = [("message", &*said.id.to_string()), ("body", body)];
        amina.does("edit_message", talk, &fields).await.well();
    };
    edits("```sql\nselect 1\n```").await;
    let Event::Message(told) = his.next_event().await else { panic!("an edit is told as a message") };
    assert_eq!(coloured(&told.colours[0], "select 1"), [(Kind::Keyword, "select"), (Kind::Number, "1")]);
    edits("Never mind").await;
    let Event::Message(told) = his.next_event().await else { panic!("an edit is told as a message") };
    assert!(told.colours.is_empty(), "{told:?}");

    let path = format!("history?conversation={talk}&message={}", said.id);
    let history: History = bruno.reads(&path).await.well().json();
    assert!(history.message.colours.is_empty());
    let versions: Vec<_> = history.versions.into_iter().map(|version| version.colours).collect();
    assert_eq!(versions[1], said.colours);
    assert_eq!(versions[0].len(), 1);
    let parts = ["<span class=\"tok-keyword\">select</span>", "<span class=\"tok-function\">main</span>"];
    bruno.finds_in_page(&format!("/c/{talk}/m/{}/history", said.id), &parts).await;
}

async fn what_nobody_knows_stays_plain(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for body in
        ["```klingon\nif true\n```", "```\nif true\n```", "`if true`", "    if true", "~~~\n```rust\nfn\n~~~"]
    {
        let said = amina.sends(talk, body).await;
        assert!(said.colours.is_empty(), "{said:?}");
    }
    bruno.finds_in_page(&format!("/c/{talk}"), &["<code data-language=\"klingon\">if true"]).await;
    // Nothing about colours stands in a frame that has none.
    let answer = amina.posts(talk, &new_key(), "plain").await.well();
    assert!(!answer.text().contains("colours"), "{}", answer.text());
}

/// As many pieces as fit into a message, of the widest characters.
fn dense(most: usize) -> String {
    let mut body = "```py\n".to_owned();
    while body.chars().count() < most - 20 {
        let _ = write!(body, "1+\"🎉\\n\"+");
    }
    body + "\n```"
}

async fn the_densest_code_comes_whole(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut his = bruno.connects().await;
    let said = amina.sends(talk, &dense(8_000)).await;
    let Event::Message(told) = his.next_event().await else { panic!("it is told") };
    assert_eq!(*told, said);
    let frame = serde_json::to_string(&Event::Message(told)).expect("it is written");
    assert!(frame.len() < LARGEST_FRAME, "{} bytes", frame.len());
    assert_eq!(drawn(&bruno.looks_at(talk).await, 1), drawn_text(&said));
}

async fn a_page_of_nothing_but_code_is_shown(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk: ConversationId = amina.opens(&bruno).await;
    for n in 0..40 {
        amina.sends(talk, &format!("```rust\nfn call_{n}() {{}}\n```")).await;
    }
    let page = bruno.looks_at(talk).await;
    for n in 0..40 {
        assert!(page.contains(&format!("<span class=\"tok-function\">call_{n}</span>")), "call_{n}");
    }
}

/// The text of the `number`th block of code in a page.
fn drawn(page: &str, number: usize) -> String {
    let block = page.split("<code data-language").nth(number).expect("the page has it");
    let block = block.split_once('>').expect("its end").1.split("</code>").next().unwrap_or_default();
    let text: String = block.split('<').enumerate().fold(String::new(), |text, (place, part)| {
        text + if place == 0 { part } else { part.split_once('>').map_or("", |(_, behind)| behind) }
    });
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The text of the only block of code in a message.
fn drawn_text(message: &Message) -> String {
    let inside = message.body.split_once('\n').expect("a fence").1;
    inside.strip_suffix("\n```").expect("a fence").to_owned()
}
