//! The column beside every page: what awaits an answer, then the conversations, the last active first.

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use super::{Home, Place, Preview, Summary, inbox::use_inbox, path, server_fns::home};
use crate::{
    error::Error,
    friends::requests::Requests,
    ids::ConversationId,
    text::use_words,
    time::Timestamp,
    ui::{
        avatar::Avatar,
        nothing_here::{Empty, Failed},
        time::ListTime,
    },
    visit,
};

/// Reads itself again whenever the inbox has changed.
#[component]
pub fn ConversationColumn() -> impl IntoView {
    let words = use_words();
    let inbox = use_inbox();
    let place = use_place();
    let shown = Resource::new(
        move || (inbox.version(), place.get()),
        |(_, place)| home(place.map(|place| place.active_at), place.map(|place| place.id)),
    );
    visit::leave_if_signed_out(Signal::derive(move || shown.get().and_then(Result::err)));

    view! {
        <section class="list" aria-labelledby="list-title">
            <header class="list-header">
                <h2 id="list-title">{words.conversations}</h2>
            </header>
            <Transition>
                <Column shown=Signal::derive(move || shown.get()) place/>
            </Transition>
        </section>
    }
}

/// The place behind which the list begins: home's address says it, on other pages it begins at the top.
fn use_place() -> Memo<Option<Place>> {
    let location = use_location();
    Memo::new(move |_| {
        let query = location.query.get();
        let active_at = query.get("active_at").and_then(|millis| millis.parse().ok());
        let id = query.get("id").and_then(|id| id.parse::<ConversationId>().ok());
        let at_home = location.pathname.with(|path| path == "/");
        let place =
            active_at.zip(id).map(|(millis, id)| Place { active_at: Timestamp::from_millis(millis), id });
        place.filter(|_| at_home)
    })
}

#[component]
fn Column(shown: Signal<Option<Result<Home, Error>>>, place: Memo<Option<Place>>) -> impl IntoView {
    let words = use_words();
    let at = use_location().pathname;
    let home = Signal::derive(move || shown.get().and_then(Result::ok).unwrap_or_default());
    let failure = move || shown.get().and_then(Result::err).map(|error| words.sentence(&error));
    // The page about friends shows the requests itself: the same question is not asked twice.
    let asks = Memo::new(move |_| at.with(|path| path != "/friends"));
    let requests = Signal::derive(move || home.get().requests.incoming);

    view! {
        {move || failure().map(|text| view! { <Failed text/> })}
        {move || asks.get().then(|| view! { <Requests people=requests class="requests"/> })}
        <ul class="conversation-list">
            <For each=move || home.get().conversations key=version children=|summary| view! { <Line summary/> }/>
        </ul>
        {move || (shown.get().is_some_and(|shown| shown.is_ok()) && home.get().conversations.is_empty())
            .then(|| view! { <NoConversations place/> })}
        {move || home.get().next.map(|next| view! {
            <a href=format!("/?active_at={}&id={}", next.active_at.millis(), next.id)>{words.more_conversations}</a>
        })}
        {move || place.get().map(|_| view! { <a href="/">{words.latest_conversations}</a> })}
    }
}

#[component]
fn NoConversations(place: Memo<Option<Place>>) -> impl IntoView {
    let words = use_words();

    if place.get_untracked().is_some() {
        view! { <p>{words.no_more_conversations}</p> }.into_any()
    } else {
        view! {
            <Empty title=words.no_conversations_title text=words.no_conversations>
                <a class="button button--primary" href="/friends">{words.add_friends}</a>
            </Empty>
        }
        .into_any()
    }
}

/// One conversation. Its name may be in any script, whatever the page's language.
#[component]
fn Line(summary: Summary) -> impl IntoView {
    let Summary { id, with, last, .. } = summary;
    let (at, preview) = last.map(|last| (last.at, last)).unzip();

    view! {
        <li>
            <A href=path(id) attr:class="conversation-link">
                <Avatar name=with.display_name.clone() number=with.id.get()/>
                <span class="conversation-name" dir="auto">{with.display_name}</span>
                {at.map(|at| view! { <ListTime at class="conversation-time"/> })}
                {preview.map(|preview| view! { <PreviewText preview/> })}
            </A>
        </li>
    }
}

#[component]
fn PreviewText(preview: Preview) -> impl IntoView {
    let words = use_words();
    let text = if preview.mine { (words.you_wrote)(&preview.text) } else { preview.text };

    view! { <span class="conversation-preview" dir="auto">{text}</span> }
}

/// What makes a line another: it is drawn anew when any of this changes.
fn version(summary: &Summary) -> (ConversationId, Timestamp, String, Option<String>) {
    let last = summary.last.as_ref().map(|last| last.text.clone());
    (summary.id, summary.active_at, summary.with.display_name.clone(), last)
}
