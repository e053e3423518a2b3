//! One line of what concerns one: who did what, where and when, and the way there.

use leptos::prelude::*;

use super::ActivityLine;
use crate::{
    text::use_words,
    ui::{avatar::Avatar, live::Row, time::ListTime},
};

/// The line as an element of a list, drawn anew when any of what it shows changes. `fresh`: it is new in this visit.
pub fn row(line: ActivityLine, fresh: bool) -> Row {
    let shown = (ActivityLine { is_new: fresh, ..line.clone() }, fresh);
    Row::new(shown, move || view! { <Line line fresh/> })
}

#[component]
fn Line(line: ActivityLine, fresh: bool) -> impl IntoView {
    let words = use_words();
    let path = line.path();
    let name = line.actor.called(words);
    let place = line.place.as_ref().map(|place| place.called(words)).unwrap_or_default();
    let told = (words.activity().told)(&name, &line.deed, &place);
    let place = line.place_called(words);
    let note = line.note().map(str::to_owned);
    let quoted = line.quoted().map(|quoted| quoted.text.clone()).filter(|text| !text.is_empty());

    view! {
        <li>
            <a class="activity-link" href=path data-new=fresh.then_some("")>
                <Avatar name number=line.actor.id.get()/>
                <span class="activity-told" dir="auto">
                    {told}
                    {fresh.then(|| view! {
                        <span class="dot"><span class="visually-hidden">", " {words.activity().is_new}</span></span>
                    })}
                </span>
                <ListTime at=line.at class="activity-time"/>
                {note.map(|note| view! { <span class="activity-note" dir="auto">{note}</span> })}
                {quoted.map(|text| view! { <span class="activity-excerpt" dir="auto">{text}</span> })}
                {place.map(|name| view! { <span class="activity-place" dir="auto">{name}</span> })}
            </a>
        </li>
    }
}
