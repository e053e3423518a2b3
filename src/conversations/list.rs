//! The column beside every page: what awaits an answer, then the conversations, the last active first.

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use super::{
    Home, Place, Preview, Summary,
    about::{Kind, called},
    attention::Attention,
    choices::marks::{Chosen, ChosenText, ThreadsText, UnreadNumber, UnreadText},
    inbox::use_inbox,
    path,
    server_fns::read_home,
};
use crate::{
    accounts::named,
    asking::{Answer, Question, use_answer},
    catching_up::unread_page::UNREAD,
    drafts::use_drafts,
    finding::window::FindLink,
    friends::requests::Requests,
    ids::{AccountId, ConversationId, SpaceId},
    presence::face::Mark,
    realtime::use_threads,
    spaces::column::{Channels, SpaceList},
    text::{Words, use_words, view::action_sign},
    time::Timestamp,
    ui::{
        avatar::Avatar,
        icon::{Icon, Symbol},
        live::{Row, live, rows},
        nothing_here::{Empty, Failed},
        time::ListTime,
    },
    visit,
};

/// What the lists beside every page show; read again whenever the inbox has changed.
#[derive(Clone, Copy)]
pub struct Lists {
    home: Answer<Home>,
    place: Memo<Option<Place>>,
}

impl Lists {
    /// What they show. Where it cannot be read again, what was known stays. To be called within a `<Transition>`.
    pub fn read(self) -> Memo<Option<Home>> {
        let answer = self.home.read();
        let known = move |before: Option<&Option<Home>>| match answer.get() {
            Some(Ok(home)) => Some(home),
            _ => before.cloned().flatten(),
        };
        let known = Memo::new_with_compare(known, |_, _| true);
        // What is read as it comes is not called unread while the server learns of that.
        let threads = use_threads();
        let seen = move |_: Option<&Option<Home>>| {
            let looked_at = threads.looked_at();
            let home = known.get()?;
            Some(match looked_at {
                Some(at) => home.without_news_in(at),
                None => home,
            })
        };
        Memo::new_with_compare(seen, |_, _| true)
    }
}

/// Called once, by the frame.
pub fn use_lists() -> Lists {
    let inbox = use_inbox();
    let (place, wanted) = (use_place(), use_wanted());
    let home = use_answer::<Home>(move || {
        inbox.version();
        let (place, wanted) = (place.get(), wanted.get());
        Question::new(move || {
            let (active_at, id) = place.map(|place| (place.active_at, place.id)).unzip();
            let (space, at) = match wanted {
                Some(Wanted::Space(space)) => (Some(space), None),
                Some(Wanted::OfConversation(at)) => (None, Some(at)),
                None => (None, None),
            };
            read_home(active_at, id, space, at)
        })
    });
    visit::leave_if_signed_out(home.error());
    Lists { home, place }
}

/// The space that is shown in place of the conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Space(SpaceId),
    /// The one whose channel this conversation is, if it is one.
    OfConversation(ConversationId),
}

fn use_wanted() -> Memo<Option<Wanted>> {
    let path = use_location().pathname;
    Memo::new(move |_| {
        path.with(|path| {
            let mut parts = path.split('/').skip(1);
            match (parts.next()?, parts.next()?) {
                ("s", id) => id.parse().ok().map(Wanted::Space),
                ("c", id) => id.parse().ok().map(Wanted::OfConversation),
                _ => None,
            }
        })
    })
}

/// The list beside the page: of a space's channels where one is in it, else of conversations.
#[component]
pub fn Column(lists: Lists) -> impl IntoView {
    view! {
        <section class="list" aria-labelledby="list-title">
            <Transition>
                <Listed lists/>
            </Transition>
        </section>
    }
}

#[component]
fn Listed(lists: Lists) -> impl IntoView {
    let words = use_words();
    let known = lists.read();
    let failure = lists.home.error();
    let failure = move || {
        let error = failure.get().filter(|_| known.with(Option::is_none));
        error.map(|error| words.sentence(&error))
    };
    let unread = Signal::derive(move || known.with(|home| home.as_ref().map_or(0, |home| home.unread)));
    let space = Memo::new(move |_| known.with(|home| home.as_ref().and_then(|home| home.space.clone())));
    let in_space = Memo::new(move |_| space.with(Option::is_some));
    let place = lists.place;

    view! {
        <Attention unread/>
        {live(move || failure().map(|text| view! { <Failed text/> }))}
        {live(move || {
            if in_space.get() {
                view! { <Channels space/> }.into_any()
            } else {
                view! { <Conversations known place/> }.into_any()
            }
        })}
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
fn Conversations(known: Memo<Option<Home>>, place: Memo<Option<Place>>) -> impl IntoView {
    let words = use_words();
    let at = use_location().pathname;
    let home = Signal::derive(move || known.get().unwrap_or_default());
    let is_empty = move || {
        known.with(|home| {
            home.as_ref()
                .is_some_and(|home| home.conversations.iter().all(|line| line.kind == Kind::Everyone))
        })
    };
    // The page about friends shows the requests itself: the same question is not asked twice.
    let asks = Memo::new(move |_| at.with(|path| path != "/friends"));
    let requests = Signal::derive(move || home.get().requests.incoming);
    let spaces = Signal::derive(move || home.get().spaces);

    view! {
        <header class="list-header">
            <h2 id="list-title">{words.conversations}</h2>
            <FindLink/>
            <a class="icon-button" href=UNREAD title=words.catching_up().unread>
                <Icon symbol=Symbol::Unread/>
                <span class="visually-hidden">{words.catching_up().unread}</span>
            </a>
            <a class="icon-button" href="/groups/new" title=words.places().new_group>
                <Icon symbol=Symbol::NewGroup/>
                <span class="visually-hidden">{words.places().new_group}</span>
            </a>
        </header>
        {live(move || asks.get().then(|| view! { <Requests people=requests class="requests"/> }))}
        {live(move || home.with(|home| !home.asked.is_empty()).then(|| view! { <Asked home/> }))}
        <SpaceList spaces/>
        <ul class="conversation-list">
            {rows(move || home.get().conversations.into_iter().map(line).collect())}
        </ul>
        {live(move || is_empty().then(|| view! { <NoConversations place/> }))}
        {live(move || home.get().next.map(|next| view! {
            <a href=format!("/?active_at={}&id={}", next.active_at.millis(), next.id)>{words.more_conversations}</a>
        }))}
        {live(move || place.get().map(|_| view! { <a href="/">{words.latest_conversations}</a> }))}
    }
}

/// Strangers who have written.
#[component]
fn Asked(home: Signal<Home>) -> impl IntoView {
    let words = use_words();

    view! {
        <section class="requests" aria-labelledby="asked-title">
            <h3 id="asked-title">{words.requests().message_requests}</h3>
            <ul class="conversation-list">{rows(move || home.get().asked.into_iter().map(line).collect())}</ul>
        </section>
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
    let words = use_words();
    let Summary {
        id,
        kind,
        name,
        face,
        last,
        unread,
        mentions,
        threads,
        loudness,
        pinned,
        present,
        draft,
        ..
    } = summary;
    let other = AccountId::try_from(face).ok().filter(|_| kind == Kind::Direct);
    let name = called(kind, &name, words);
    let called = name.clone();
    let (at, preview) = last.map(|last| (last.at, last)).unzip();
    let is_unread = unread > 0;
    let class = if is_unread { "conversation-link conversation-link--unread" } else { "conversation-link" };

    view! {
        <li>
            <A href=path(id) attr:class=class attr:data-unread=is_unread.then_some("")>
                <Avatar name=name.clone() number=face/>
                <span class="conversation-name" dir="auto">
                    {name}
                    <UnreadText unread mentions loudness/>
                    <ThreadsText threads/>
                    <ChosenText loudness pinned/>
                </span>
                {other.map(|account| view! { <Mark account page=present/> })}
                {at.map(|at| view! { <ListTime at class="conversation-time"/> })}
                <PreviewText id preview called draft/>
                <Chosen threads loudness pinned/>
                <UnreadNumber unread mentions loudness/>
            </A>
        </li>
    }
}

/// What was said last in the conversation that is `called` so. In place of it what the viewer has begun to write there,
/// unless they have it before them.
#[component]
fn PreviewText(
    id: ConversationId,
    preview: Option<Preview>,
    called: String,
    draft: Option<String>,
) -> impl IntoView {
    let words = use_words();
    let at = use_location().pathname;
    let draft = use_drafts().of(id, draft);
    let is_action = preview.as_ref().is_some_and(|last| last.is_action);
    let said = preview.map(|last| last_line(last, called, words));

    live(move || {
        let draft = draft.get().filter(|_| at.with(|at| !is_within(at, &path(id))));
        let text = draft.clone().or_else(|| said.clone())?;
        Some(view! {
            <span class="conversation-preview" dir="auto">
                {draft.is_none().then(|| is_action.then(action_sign))}
                {draft.map(|_| view! { <span class="conversation-draft">{words.draft} " "</span> })}
                {text}
            </span>
        })
    })
}

/// What was said last, and by whom. In a private talk the other one is `called` as the talk is.
fn last_line(last: Preview, called: String, words: &Words) -> String {
    let Preview { mine, author, text, is_action, .. } = last;
    let author = author.map(|author| named(&author, words));
    if is_action {
        let me = || visit::use_viewer().map(|viewer| viewer.person.called(words));
        let who = if mine { me() } else { author };
        return (words.somebody_did)(&who.unwrap_or(called), &text);
    }
    match author {
        _ if mine => (words.you_wrote)(&text),
        Some(author) => (words.somebody_wrote)(&author, &text),
        None => text,
    }
}

/// Whether the address `at` is `path`, or leads to something in it.
fn is_within(at: &str, path: &str) -> bool {
    at.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A line is drawn anew when any of what it shows changes.
fn line(summary: Summary) -> Row {
    let last = summary.last.as_ref().map(|last| (last.text.clone(), last.is_action));
    let Summary { id, active_at, unread, mentions, threads, loudness, pinned, .. } = summary;
    let present = summary.present.clone();
    let shown =
        (id, active_at, summary.name.clone(), last, (unread, mentions, threads), loudness, pinned, present);
    Row::new(shown, move || view! { <Line summary/> })
}
