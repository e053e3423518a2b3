//! Spaces beside every page: in the rail, above the conversations, and, where one is in a space, its channels.

use leptos::prelude::*;
use leptos_router::components::A;

use super::{ChannelLine, Space, SpaceLine, page_path, path};
use crate::{
    conversations::{
        choices::{
            Loudness,
            marks::{Chosen, ChosenText, ThreadsText, UnreadNumber, UnreadText},
        },
        list::Lists,
        path as conversation_path,
    },
    finding::window::FindLink,
    text::use_words,
    ui::{
        avatar::Avatar,
        icon::{Icon, Symbol},
        live::{Row, live, rows},
    },
};

/// The spaces in the rail, where there is room for it. To be shown within a `<Transition>`.
#[component]
pub fn SpaceLinks(lists: Lists) -> impl IntoView {
    let words = use_words();
    let known = lists.read();
    let spaces = move || known.with(|home| home.as_ref().map(|home| home.spaces.clone()).unwrap_or_default());

    view! {
        <ul class="rail-spaces">{rows(move || spaces().into_iter().map(rail_link).collect())}</ul>
        <A href="/spaces/new" attr:class="rail-link rail-new">
            <Icon symbol=Symbol::Plus/>
            <span class="rail-label">{words.places().new_space}</span>
        </A>
    }
}

fn rail_link(space: SpaceLine) -> Row {
    let SpaceLine { id, name, unread, mentions } = space;
    Row::new((id, name.clone(), unread, mentions), move || {
        view! {
            <li>
                <A href=path(id) attr:class="rail-link rail-space">
                    <Avatar name=name.clone() number=id.get()/>
                    <span class="rail-label" dir="auto">{name}</span>
                    <UnreadText unread mentions loudness=Loudness::Counted/>
                    <UnreadNumber unread mentions loudness=Loudness::Counted/>
                </A>
            </li>
        }
    })
}

/// The spaces above the conversations.
#[component]
pub fn SpaceList(#[prop(into)] spaces: Signal<Vec<SpaceLine>>) -> impl IntoView {
    let words = use_words();
    let some = Memo::new(move |_| spaces.with(|spaces| !spaces.is_empty()));

    view! {
        <nav class="space-list" aria-label=words.places().spaces>
            {live(move || some.get().then(|| view! {
                <ul>{rows(move || spaces.get().into_iter().map(list_link).collect())}</ul>
            }))}
            <A href="/spaces/new" attr:class="space-link space-link--new">
                <Icon symbol=Symbol::Plus/>
                {words.places().new_space}
            </A>
        </nav>
    }
}

fn list_link(space: SpaceLine) -> Row {
    let SpaceLine { id, name, unread, mentions } = space;
    Row::new((id, name.clone(), unread, mentions), move || {
        view! {
            <li>
                <A href=path(id) attr:class="space-link">
                    <Avatar name=name.clone() number=id.get()/>
                    <span class="space-name" dir="auto">{name}</span>
                    <UnreadText unread mentions loudness=Loudness::Counted/>
                    <UnreadNumber unread mentions loudness=Loudness::Counted/>
                </A>
            </li>
        }
    })
}

/// The channels of the space that one is in.
#[component]
pub fn Channels(space: Memo<Option<Space>>) -> impl IntoView {
    let words = use_words();
    let name = Signal::derive(move || {
        space.with(|space| space.as_ref().map(|space| space.name.clone()).unwrap_or_default())
    });
    let id = Memo::new(move |_| space.with(|space| space.as_ref().map(|space| space.id)));
    let runs_it =
        Memo::new(move |_| space.with(|space| space.as_ref().is_some_and(|space| space.rank.runs_it())));
    let channels =
        move || space.with(|space| space.as_ref().map(|space| space.channels.clone()).unwrap_or_default());
    let to = move |page: &'static str| move || id.get().map(|id| page_path(id, page)).unwrap_or_default();
    let top = move || id.get().map(path).unwrap_or_default();

    view! {
        <header class="list-header">
            <h2 id="list-title" dir="auto"><a class="list-of" href=top>{live(move || name.get())}</a></h2>
            <FindLink/>
            {live(move || runs_it.get().then(|| view! {
                <a class="icon-button" href=to("channels/new") title=words.places().new_channel>
                    <Icon symbol=Symbol::Plus/>
                    <span class="visually-hidden">{words.places().new_channel}</span>
                </a>
            }))}
        </header>
        <ul class="channel-list">{rows(move || channels().into_iter().map(channel_link).collect())}</ul>
        <nav class="list-foot">
            <a href=to("people")>{words.places().people}</a>
            <a href=to("settings")>{words.places().space_settings}</a>
            <a href="/">{words.conversations}</a>
        </nav>
    }
}

fn channel_link(channel: ChannelLine) -> Row {
    let ChannelLine { conversation, is_open, unread, mentions, threads, loudness, pinned, .. } = channel;
    let shown = (conversation, channel.name.clone(), is_open, (unread, mentions, threads), loudness, pinned);
    Row::new(shown, move || view! { <ChannelLink channel/> })
}

#[component]
fn ChannelLink(channel: ChannelLine) -> impl IntoView {
    let words = use_words();
    let ChannelLine { conversation, name, is_open, unread, mentions, threads, loudness, pinned } = channel;
    let is_unread = unread > 0;
    let class = if is_unread { "channel-link channel-link--unread" } else { "channel-link" };

    view! {
        <li>
            <A href=conversation_path(conversation) attr:class=class attr:data-unread=is_unread.then_some("")>
                <Icon symbol=if is_open { Symbol::Channel } else { Symbol::Lock }/>
                <span class="channel-name" dir="auto">{name}</span>
                {(!is_open).then(|| view! { <span class="visually-hidden">", " {words.places().private}</span> })}
                <UnreadText unread mentions loudness/>
                <ThreadsText threads/>
                <ChosenText loudness pinned/>
                <Chosen threads loudness pinned/>
                <UnreadNumber unread mentions loudness/>
            </A>
        </li>
    }
}
